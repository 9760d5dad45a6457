import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(error_messages={'unique': 'Thư điện tử này đã có người dùng.'}, max_length=254, unique=True, verbose_name='Thư điện tử')),
                ('full_name', models.CharField(max_length=120, verbose_name='Họ và tên')),
                ('is_active', models.BooleanField(default=True)),
                ('search_key', models.CharField(db_index=True, editable=False, max_length=400)),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=800)),
            ],
            options={
                'verbose_name': 'người dùng',
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('name', models.CharField(max_length=200, verbose_name='Tên cơ quan')),
                ('kind', models.CharField(max_length=40, verbose_name='Loại cơ quan')),
                ('tier', models.CharField(choices=[('central', 'Trung ương'), ('regional', 'Khu vực'), ('central_local', 'Ngành dọc trên địa bàn'), ('province', 'Cấp tỉnh'), ('district', 'Cấp huyện (đến 30/6/2025)'), ('commune', 'Cấp xã'), ('internal', 'Đơn vị trực thuộc'), ('enterprise', 'Doanh nghiệp')], max_length=13, verbose_name='Cấp')),
                ('place', models.CharField(max_length=120, verbose_name='Địa danh')),
                ('symbol', models.CharField(blank=True, max_length=30, verbose_name='Ký hiệu văn bản')),
                ('search_key', models.CharField(db_index=True, editable=False, max_length=400)),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=900)),
            ],
            options={
                'verbose_name': 'cơ quan',
                'constraints': [models.CheckConstraint(condition=models.Q(('tier__in', ['central', 'regional', 'central_local', 'province', 'district', 'commune', 'internal', 'enterprise'])), name='accounts_agency_tier_known', violation_error_message='Cấp của cơ quan không có trong danh mục.')],
            },
        ),
        migrations.CreateModel(
            name='OneTimeLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('expires_at', models.DateTimeField()),
                ('person', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='one_time_link', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Quản trị'), ('leader', 'Lãnh đạo'), ('officer', 'Chuyên viên'), ('appraiser', 'Thẩm định viên'), ('auditor', 'Kiểm tra viên'), ('reader', 'Người đọc')], max_length=14, verbose_name='Vai trò')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.agency')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'agency', 'role'), name='accounts_membership_once', violation_error_message='Người này đã có vai trò đó tại cơ quan.'), models.CheckConstraint(condition=models.Q(('role__in', ['administrator', 'leader', 'officer', 'appraiser', 'auditor', 'reader'])), name='accounts_membership_role_known', violation_error_message='Vai trò không có trong danh mục.')],
            },
        ),
    ]
