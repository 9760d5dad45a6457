"""Say, before the tests, which optional programs are absent and what will be skipped for that."""

import shutil

OPTIONAL = {
    "chromium": ("kiểm thử trình duyệt", "chromium"),
    "soffice": ("kiểm thử kết xuất văn bản", "libreoffice-writer-nogui"),
    "nginx": ("kiểm thử máy chủ trung gian", "nginx-light"),
    "systemd-analyze": ("kiểm thử systemd", "systemd"),
    "pdftoppm": ("kiểm thử kết xuất văn bản", "poppler-utils"),
}

for program, (tests, package) in OPTIONAL.items():
    if shutil.which(program) is None:
        print(f"Không có {program}: sẽ bỏ qua {tests}. Cài bằng: sudo apt install {package}")
