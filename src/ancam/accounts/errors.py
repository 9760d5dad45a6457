"""What this room refuses."""

from ancam.kit.errors import AnCamError


class AccountsError(AnCamError):
    """The base of this room's errors."""


class LinkRefused(AccountsError):
    """A one-time link is unknown, used or too old."""

    what = "Đường dẫn này không còn dùng được"
    ground = "mỗi đường dẫn chỉ mở một lần và có hạn"
    next_step = "Đề nghị quản trị cấp đường dẫn mới"


class LanguageRefused(AccountsError):
    """The pages do not speak this language. Values: `language`."""

    what = "Chưa có ngôn ngữ “{language}”"
    ground = "các trang có tiếng Việt và tiếng Anh"
    next_step = "Đề nghị chọn lại ngôn ngữ trong trình đơn tài khoản"


class AlreadyBegun(AccountsError):
    """This instance already has its first administrator."""

    what = "Hệ thống đã có quản trị"
    ground = "đăng ký lần đầu chỉ làm một lần"
    next_step = "Đề nghị đăng nhập, hoặc nhờ quản trị thêm người dùng"


class EmailTaken(AccountsError):
    """Another person signs in with this e-mail. Values: `email`."""

    what = "Thư điện tử {email} đã có người dùng"
    ground = "mỗi người đăng nhập bằng một thư điện tử riêng"
    next_step = "Đề nghị tìm người này trong danh sách và thêm vai trò"


class HasLeft(EmailTaken):
    """This e-mail is that of someone who left. Values: `email`, `person`."""

    what = "Thư điện tử {email} là của {person}, người đã rời cơ quan"
    next_step = "Đề nghị mở “Người rời cơ quan” và nhận lại người này"


class ParticularsChanged(AccountsError):
    """Somebody else corrected the person's name or position first. Values: `person`."""

    what = "Thông tin của {person} vừa được người khác sửa"
    ground = "nội dung đang mở đã cũ nên chưa lưu, để không ghi đè"
    next_step = "Đề nghị xem nội dung đang ghi ở trên rồi lưu lại nếu vẫn cần sửa"


class AddressTaken(AccountsError):
    """Another person signs in with the e-mail that someone would change to. Values: `field`, `email`."""

    what = "Thư điện tử {email} đã có người dùng"
    ground = "mỗi người đăng nhập bằng một thư điện tử riêng"
    next_step = "Đề nghị ghi thư điện tử khác"


class SameEmail(AccountsError):
    """The e-mail is the person's already. Values: `field`, `email`."""

    what = "{email} đang là thư điện tử của tài khoản này"
    next_step = "Đề nghị ghi thư điện tử mới"


class NoMailServer(AccountsError):
    """One's own e-mail is confirmed by mail alone, and no mail goes out here."""

    what = "Chưa đổi được thư điện tử"
    ground = "hệ thống chưa gửi được thư để xác nhận địa chỉ mới"
    next_step = "Đề nghị quản trị của cơ quan đổi và chuyển đường dẫn xác nhận"


class EmailLinkRefused(AccountsError):
    """A link that confirms an e-mail is unknown, used, withdrawn or too old, or who asked may not any more."""

    what = "Đường dẫn xác nhận thư điện tử không còn dùng được"
    ground = (
        "đường dẫn chỉ dùng một lần, có hạn, và hết hiệu lực khi yêu cầu được bỏ hoặc người yêu cầu không còn quyền"
    )
    next_step = "Đề nghị yêu cầu đổi thư điện tử lại, trong hồ sơ hoặc qua quản trị của cơ quan"


class EmailLinkOfAnother(AccountsError):
    """A link that confirms an e-mail is opened by someone else than whose account it is."""

    what = "Chưa xác nhận được thư điện tử"
    ground = "đường dẫn này của một tài khoản khác với tài khoản đang đăng nhập"
    next_step = "Đề nghị đăng xuất rồi mở lại đường dẫn và đăng nhập bằng tài khoản cần đổi"


class AgencyExists(AccountsError):
    """The parent has an agency of this name, in whatever letter case. Values: `field`, `name`, `parent`."""

    what = "Đã có “{name}” trực thuộc {parent}"
    ground = "hai cơ quan cùng cấp không trùng tên"
    next_step = "Đề nghị mở cơ quan đã có, hoặc ghi tên đầy đủ để phân biệt"


class AgencyDaysRefused(AccountsError):
    """The agency would end before it begins. Values: `field`."""

    what = "Cơ quan không thể kết thúc trước khi bắt đầu hoạt động"
    ground = "ngày cuối phải từ ngày đầu trở đi"
    next_step = "Đề nghị ghi lại ngày"


class RootStays(AccountsError):
    """The root carries every other agency. Values: `field`, `name`."""

    what = "Chưa kết thúc hoặc chuyển được {name}"
    ground = "đây là cơ quan gốc, mọi cơ quan khác trực thuộc cơ quan này"
    next_step = "Đề nghị sửa tên nếu cơ quan đã đổi tên"


class CodeTaken(AccountsError):
    """Another agency has this identifier. Values: `field`, `code`."""

    what = "Mã định danh {code} đã thuộc cơ quan khác"
    ground = "mỗi cơ quan có một mã riêng"
    next_step = "Đề nghị xem lại mã"


class AgencyCycle(AccountsError):
    """An agency would hang from itself or from what is under it. Values: `field`, `name`, `parent`."""

    what = "Chưa chuyển được {name} về {parent}"
    ground = "một cơ quan không thể trực thuộc chính mình hoặc đơn vị trực thuộc của mình"
    next_step = "Đề nghị chọn cơ quan cấp trên khác"


class TreeTooDeep(AccountsError):
    """The tree would have too many tiers. Values: `field`, `most`."""

    what = "Cây cơ quan sẽ quá {most} bậc"
    ground = "mỗi hệ thống có tối đa {most} bậc trực thuộc"
    next_step = "Đề nghị chọn cơ quan cấp trên khác"


class AgencyEnded(AccountsError):
    """The agency no longer exists. Values: `field`, `agency`, `ended_on`."""

    what = "{agency} đã kết thúc hoạt động ngày {ended_on:%d/%m/%Y}"
    ground = "cơ quan đã kết thúc không nhận thêm người, đơn vị hay nhiệm vụ"
    next_step = "Đề nghị chọn cơ quan kế thừa"


class RoleHeld(AccountsError):
    """The person already holds this role there. Values: `person`, `role`, `agency`."""

    what = "{person} đã là {role} tại {agency}"
    next_step = "Đề nghị chọn vai trò hoặc cơ quan khác"


class NotDelegable(AccountsError):
    """This role is not stood in for. Values: `role`."""

    what = "Chưa ủy quyền được vai trò {role}"
    ground = "quản trị và kiểm tra viên chịu trách nhiệm đích danh"
    next_step = "Đề nghị quản trị giao vai trò đó cho người làm thay"


class DelegationDaysRefused(AccountsError):
    """The days begin in the past, end before they begin, or are too many. Values: `field`, `most`."""

    what = "Ngày ủy quyền chưa hợp lệ"
    ground = "bắt đầu từ hôm nay trở đi, ngày cuối không trước ngày đầu, cả thời gian không quá {most} ngày"
    next_step = "Đề nghị ghi lại ngày"


class StandInUnfit(AccountsError):
    """This person cannot stand in there. Values: `field`, `person`, `agency`."""

    what = "{person} chưa làm thay được"
    ground = "người làm thay là người khác, đang dùng tài khoản, có vai trò tại chính {agency}"
    next_step = "Đề nghị chọn người khác"


class DelegationStands(AccountsError):
    """Someone stands in already on these days. Values: `field`, `person`, `until`."""

    what = "Đã có {person} làm thay đến hết ngày {until:%d/%m/%Y}"
    ground = "mỗi lúc chỉ một người làm thay một vai trò"
    next_step = "Đề nghị chấm dứt ủy quyền đó trước, hoặc chọn ngày khác"


class LastAdministrator(AccountsError):
    """Removing this would leave the instance without an administrator who can sign in. Values: `person`."""

    what = "Chưa bỏ được vai trò quản trị của {person}"
    ground = "hệ thống phải còn ít nhất một quản trị đăng nhập được tại cơ quan gốc"
    next_step = "Đề nghị giao vai trò quản trị cho người khác và chờ người đó đặt mật khẩu"


class LastRole(AccountsError):
    """The person holds no other role. Values: `person`."""

    what = "Chưa bỏ được vai trò này"
    ground = "đây là vai trò cuối cùng của {person}; người không còn vai trò thì tài khoản cũng phải kết thúc"
    next_step = "Đề nghị dùng “Rời cơ quan và bàn giao” trên trang của người này"


class NothingToHandOver(AccountsError):
    """No role was chosen that could end. Values: `person`."""

    what = "Chưa chọn vai trò nào để kết thúc"
    ground = "{person} rời cơ quan khi ít nhất một vai trò kết thúc"
    next_step = "Đề nghị chọn vai trò"


class DepartureDayRefused(AccountsError):
    """The last day lies too far from today. Values: `field`, `most`."""

    what = "Ngày làm việc cuối chưa hợp lệ"
    ground = "ngày này cách hôm nay không quá {most} ngày, trước hoặc sau"
    next_step = "Đề nghị ghi lại ngày"


class DepartureStands(AccountsError):
    """The role ends already with another departure. Values: `role`, `until`."""

    what = "Vai trò {role} đã được ghi là kết thúc sau ngày {until:%d/%m/%Y}"
    ground = "mỗi vai trò chỉ kết thúc một lần"
    next_step = "Đề nghị mở việc rời cơ quan đã ghi, hoặc rút lại để ghi khác"


class ReceiverUnfit(AccountsError):
    """This person cannot take the role over. Values: `person`, `agency`."""

    what = "{person} chưa nhận bàn giao được"
    ground = "người nhận là người khác, đang dùng tài khoản và đã có vai trò tại {agency}"
    next_step = "Đề nghị chọn người khác, hoặc giao vai trò tại cơ quan cho người này trước"


class DepartureClosed(AccountsError):
    """The departure is not in the state that this needs. Values: `person`, `state`."""

    what = "Chưa làm được việc này với việc rời cơ quan của {person}"
    ground = "tình trạng là “{state}”"
    next_step = "Đề nghị tải lại trang để xem tình trạng hiện nay"


class HasRoles(AccountsError):
    """The person holds a role somewhere. Values: `person`."""

    what = "{person} đang có vai trò trong hệ thống"
    ground = "chỉ nhận lại người không còn vai trò nào"
    next_step = "Đề nghị mở trang người này và giao thêm vai trò, hoặc nhờ quản trị cấp trên"


class AliasTaken(AccountsError):
    """The agency has given this local name to a place already. Values: `alias`, `place`."""

    what = "Tên gọi “{alias}” đã được ghi cho {place}"
    ground = "tại một cơ quan, mỗi tên gọi địa phương chỉ một nơi"
    next_step = "Đề nghị bỏ tên gọi đã ghi, hoặc ghi tên đầy đủ hơn"


class AliasNotNeeded(AccountsError):
    """The name is one of the state's already, old or new. Values: `alias`, `place`."""

    what = "Tên gọi “{alias}” đã có trong danh mục: {place}"
    ground = "tên gọi địa phương không thay tên đơn vị hành chính, cũ hay mới"
    next_step = "Đề nghị tra cứu bằng chính tên đó"


class OwnAccount(AccountsError):
    """Nobody stops their own account."""

    what = "Chưa ngừng được tài khoản của chính mình"
    ground = "việc này do một quản trị khác quyết định"
    next_step = "Đề nghị nhờ quản trị khác của cơ quan hoặc của cơ quan cấp trên"


class AccountStopped(AccountsError):
    """The account is stopped. Values: `person`."""

    what = "Tài khoản của {person} đã ngừng"
    next_step = "Đề nghị mở lại tài khoản trước nếu người này tiếp tục làm việc"


class SignInLocked(AccountsError):
    """Too many wrong passwords or codes from this address."""

    what = "Tài khoản này tạm chưa đăng nhập được từ máy đang dùng"
    ground = "đã nhập sai nhiều lần liên tiếp, hệ thống khóa 15 phút"
    next_step = "Đề nghị chờ hết 15 phút rồi đăng nhập lại"


class CodeRefused(AccountsError):
    """The code is not the one that the app shows now, nor a recovery code that was not used."""

    what = "Mã chưa đúng hoặc đã dùng"
    ground = "mã của ứng dụng đổi sau mỗi 30 giây, mỗi mã chỉ dùng một lần"
    next_step = "Đề nghị nhập mã đang hiện; nếu vẫn chưa được, kiểm tra giờ trên điện thoại"


class CodesLocked(AccountsError):
    """Too many wrong codes for this person, from whatever addresses. Values: `most`, `hours`."""

    what = "Tài khoản này tạm chưa nhận mã xác thực"
    ground = "đã nhập sai mã {most} lần trong một ngày, từ một hoặc nhiều máy"
    next_step = (
        "Đề nghị dùng khóa truy cập, hoặc chờ khoảng {hours} giờ; nếu không phải do anh/chị nhập, có người đang biết "
        "mật khẩu này: đề nghị đổi mật khẩu và báo quản trị của cơ quan"
    )


class AppAdded(AccountsError):
    """The person has an authenticator app already."""

    what = "Tài khoản đã có ứng dụng tạo mã"
    ground = "mỗi người dùng một ứng dụng tạo mã"
    next_step = "Đề nghị gỡ ứng dụng đang dùng trước nếu muốn chuyển sang máy khác"


class NoSecondFactor(AccountsError):
    """Recovery codes are for when another second factor is lost; there is none."""

    what = "Chưa tạo được mã dự phòng"
    ground = "mã dự phòng dùng khi mất ứng dụng tạo mã hoặc khóa truy cập, mà tài khoản chưa có thứ nào"
    next_step = "Đề nghị thêm ứng dụng tạo mã hoặc khóa truy cập trước"


class NothingToClear(AccountsError):
    """The person has no second factor. Values: `person`."""

    what = "{person} chưa có lớp bảo vệ thứ hai"
    next_step = "Đề nghị mở lại trang của người dùng"


class SecondFactorNeeded(AccountsError):
    """The last second factor of someone whose role demands one stays."""

    what = "Chưa gỡ được lớp bảo vệ thứ hai cuối cùng"
    ground = "vai trò của anh/chị phải đăng nhập hai lớp"
    next_step = "Đề nghị thêm cách khác trước, rồi gỡ cách này"


class NoWayToConfirm(AccountsError):
    """The person has neither a password nor a second factor here to confirm with."""

    what = "Việc này cần xác nhận đúng người"
    ground = "anh/chị đăng nhập quá 5 phút và chưa có mật khẩu hay mã trong hệ thống"
    next_step = "Đề nghị đăng xuất, đăng nhập lại rồi làm ngay"


class KeyRefused(AccountsError):
    """A key's answer does not prove that the person holds it."""

    what = "Chưa nhận được khóa truy cập"
    ground = "khóa không thuộc tài khoản nào ở đây, đã bị gỡ, hoặc trang đã mở quá lâu"
    next_step = "Đề nghị tải lại trang rồi thử lại, hoặc đăng nhập bằng mật khẩu"


class KeyNameTaken(AccountsError):
    """Another key of the person bears this name. Values: `name`."""

    what = "Đã có khóa tên “{name}”"
    ground = "mỗi khóa một tên để sau này nhận ra"
    next_step = "Đề nghị đặt tên khác, ví dụ tên thiết bị"


class TooManyKeys(AccountsError):
    """The person has as many keys as may be. Values: `most`."""

    what = "Tài khoản đã có {most} khóa truy cập"
    ground = "mỗi người dùng tối đa {most} khóa"
    next_step = "Đề nghị gỡ khóa không dùng nữa rồi thêm"


class ResetRefused(AccountsError):
    """A link for a new password is unknown, used or too old."""

    what = "Đường dẫn đặt lại mật khẩu không còn dùng được"
    ground = "đường dẫn trong thư chỉ dùng một lần, trong một giờ"
    next_step = "Đề nghị mở lại trang quên mật khẩu để nhận thư mới, hoặc nhờ quản trị của cơ quan"


class ProviderAway(AccountsError):
    """The provider of single sign-on does not answer, or not as one."""

    what = "Chưa kết nối được nơi đăng nhập một lần"
    ground = "nhà cung cấp không trả lời hoặc trả lời không đúng chuẩn"
    next_step = "Đề nghị thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu; nếu vẫn lỗi, báo người vận hành"


class SingleSignOnRefused(AccountsError):
    """What came back from the provider does not prove who it is."""

    what = "Chưa đăng nhập được qua nơi đăng nhập một lần"
    ground = "đã hủy, quá 10 phút, hoặc câu trả lời không khớp với yêu cầu"
    next_step = "Đề nghị về trang đăng nhập rồi làm lại"


class NobodyOfOurs(AccountsError):
    """The provider knows the person, this instance does not."""

    what = "Tài khoản này chưa được dùng ở đây"
    ground = "hệ thống chỉ nhận người đã được thêm, theo thư điện tử mà nơi đăng nhập một lần đã xác minh"
    next_step = "Đề nghị quản trị của cơ quan thêm hoặc sửa thư điện tử, rồi đăng nhập lại"


class NothingToUnbind(AccountsError):
    """The person is bound to no account of single sign-on. Values: `person`."""

    what = "{person} chưa gắn tài khoản đăng nhập một lần nào"
    next_step = "Đề nghị mở lại trang của người dùng"


class LastWayIn(AccountsError):
    """The person could not sign in any more."""

    what = "Chưa bỏ gắn được"
    ground = "đây là cách đăng nhập duy nhất của anh/chị"
    next_step = "Đề nghị thêm khóa truy cập, hoặc nhờ quản trị cấp đường dẫn để đặt mật khẩu trước"


class ReorganisationClosed(AccountsError):
    """A reorganisation is edited only while it is a draft. Values: `title`, `state`."""

    what = "Chưa sửa được việc tổ chức lại “{title}”"
    ground = "đang ở trạng thái “{state}”; chỉ bản đang soạn sửa được"
    next_step = "Đề nghị đưa về đang soạn nếu chưa đến ngày hiệu lực, hoặc lập việc tổ chức lại mới"


class NotUnderOwner(AccountsError):
    """An agency that the owner of a reorganisation does not stand above. Values: `field`, `agency`, `owner`."""

    what = "Chưa đưa {agency} vào việc tổ chức lại được"
    ground = "chỉ gồm các cơ quan trực thuộc {owner}"
    next_step = "Đề nghị nhờ quản trị của cơ quan cấp trên chung lập việc này"


class NotStanding(AccountsError):
    """An agency does not exist when it would hand on or receive. Values: `field`, `agency`, `on`."""

    what = "{agency} không hoạt động vào ngày {on:%d/%m/%Y}"
    ground = "cơ quan chuyển phải còn hoạt động đến ngày liền trước, cơ quan nhận phải hoạt động từ ngày hiệu lực"
    next_step = "Đề nghị xem lại ngày hiệu lực, hoặc ngày hoạt động của cơ quan"


class EndsAndReceives(AccountsError):
    """An agency would end and receive in one act. Values: `field`, `agency`."""

    what = "{agency} không thể vừa kết thúc vừa nhận nhiệm vụ"
    ground = "cơ quan nhận phải còn hoạt động sau ngày hiệu lực"
    next_step = "Đề nghị bỏ cơ quan này khỏi bên nhận, hoặc để cơ quan này tiếp tục hoạt động"


class NotAReceiver(AccountsError):
    """Something would go to an agency that does not receive in this reorganisation. Values: `field`, `agency`."""

    what = "{agency} chưa có trong các cơ quan nhận"
    ground = "mọi phần chuyển đi phải về một cơ quan nhận"
    next_step = "Đề nghị thêm cơ quan này vào bên nhận trước"


class TooManyParties(AccountsError):
    """One reorganisation touches too many agencies. Values: `field`, `most`."""

    what = "Việc tổ chức lại đã có {most} cơ quan ở bên này"
    ground = "mỗi lần tổ chức lại có tối đa {most} cơ quan mỗi bên"
    next_step = "Đề nghị lập thêm một việc tổ chức lại"


class ReorganisationDayRefused(AccountsError):
    """A day far from any reorganisation, most often a slip of the keyboard. Values: `field`."""

    what = "Ngày của việc tổ chức lại chưa hợp lệ"
    ground = "ngày phải từ năm 1990 đến năm 2100"
    next_step = "Đề nghị ghi lại ngày"


class ReorganisationIncomplete(AccountsError):
    """Something is still missing in the plan. Values: `title`, `count`."""

    what = "Việc tổ chức lại “{title}” còn thiếu {count} điểm"
    ground = "mỗi cơ quan phải rõ chuyển gì, về đâu, ai giữ hồ sơ"
    next_step = "Đề nghị bổ sung các điểm nêu ở đầu trang rồi làm lại"


class TooLateToUndo(AccountsError):
    """A reorganisation is undone before its day alone. Values: `title`, `on`."""

    what = "Chưa hủy được việc tổ chức lại “{title}”"
    ground = "đã có hiệu lực từ ngày {on:%d/%m/%Y}"
    next_step = "Đề nghị lập một việc tổ chức lại mới để điều chỉnh"


class ImportNotReady(AccountsError):
    """The import is being checked, is applied or left already. Values: `file`, `state`."""

    what = "Chưa thực hiện được với {file}"
    ground = "lần nhập này ở tình trạng: {state}"
    next_step = "Đề nghị tải lại trang để xem tình trạng mới"


class RowsForgotten(AccountsError):
    """The rows of the list are no longer kept. Values: `file`."""

    what = "Các dòng của {file} không còn được giữ"
    ground = "các dòng có dữ liệu cá nhân nên chỉ giữ 30 ngày sau khi áp dụng, và không giữ khi danh sách bị bỏ"
    next_step = "Đề nghị xem nhật ký: mỗi việc đã làm theo danh sách có một dòng"


class NothingToApply(AccountsError):
    """No row of the list changes anything. Values: `file`."""

    what = "{file} không có dòng nào để áp dụng"
    ground = "mọi dòng đều không đổi hoặc bị từ chối"
    next_step = "Đề nghị sửa các dòng bị từ chối rồi gửi lại tệp"


class PartialNotConfirmed(AccountsError):
    """Some rows are refused, and the person has not said to go on without them. Values: `refused`."""

    what = "Chưa áp dụng: {refused} dòng bị từ chối"
    ground = "chỉ áp dụng một phần khi người gửi xác nhận"
    next_step = "Đề nghị đánh dấu xác nhận bỏ qua các dòng đó, hoặc sửa tệp rồi gửi lại"


class NothingToSave(AccountsError):
    """A filter without conditions, or with far too many. Values: `field`."""

    what = "Chưa lưu được bộ lọc này"
    ground = "bộ lọc phải có điều kiện, không dài quá 2.000 ký tự"
    next_step = "Đề nghị chọn điều kiện ở danh sách rồi lưu lại"


class FilterNameTaken(AccountsError):
    """The person has a filter of this name for the list. Values: `field`, `name`."""

    what = "Đã có bộ lọc tên “{name}”"
    ground = "mỗi bộ lọc của một danh sách mang một tên riêng"
    next_step = "Đề nghị đặt tên khác, hoặc xóa bộ lọc cũ trước"


class TooManyFilters(AccountsError):
    """The person keeps as many filters of the list as may be kept. Values: `field`, `most`."""

    what = "Đã lưu đủ {most} bộ lọc cho danh sách này"
    ground = "mỗi danh sách giữ tối đa {most} bộ lọc của một người"
    next_step = "Đề nghị xóa bộ lọc không dùng nữa rồi lưu lại"
