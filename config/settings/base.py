from __future__ import annotations

import dj_database_url
from csp.constants import NONE, SELF

from config import broker, embedded, evidence
from config.env import PROJECT_DIR, env_flag, env_folder, env_list, env_number, env_text
from config.settings.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE

BASE_DIR = PROJECT_DIR
VAR_DIR = env_folder("ASHORE_VAR_DIR", PROJECT_DIR / "var")
DEBUG = False
DEMO = False
SITE_NAME = "上岸 Ashore"
SITE_URL = env_text("ASHORE_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
# Where "leave quickly" leads: an ordinary page that everybody may have open.
# Only a site that earns nothing may show WHO-5 (CC BY-NC-SA).
WELLBEING_NONCOMMERCIAL = env_flag("ASHORE_WELLBEING_NONCOMMERCIAL", default=False)
# Only self-help pieces that a licensed person has read; none of ours has been yet.
LIBRARY_REVIEWED_ONLY = env_flag("ASHORE_LIBRARY_REVIEWED_ONLY", default=False)
QUICK_EXIT_URL = env_text("ASHORE_QUICK_EXIT_URL", "https://www.weather.com.cn/")
ALLOWED_HOSTS = env_list("ASHORE_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("ASHORE_TRUSTED_ORIGINS")

INSTALLED_APPS = [
    # Before the admin, whose templates it replaces; no site of its own.
    "unfold.apps.BasicAppConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "accounts.lib",
    "accounts.identity",
    "accounts.consent",
    "accounts.discreet",
    "accounts.evidence",
    "accounts.seekers",
    "accounts.employers",
    "accounts.cohorts",
    "accounts.counselors",
    "accounts.assisted",
    "accounts.care.vault",
    "accounts.care.scheduling",
    "accounts.care.safety",
    "accounts.care.cases",
    "accounts.care.notes",
    "accounts.care.rooms",
    "accounts.care.reports",
    "accounts.wellbeing",
    "accounts.wellbeing.checkins",
    "jobs.postings",
    "jobs.screening",
    "jobs.search",
    "jobs.paths",
    "jobs.matching",
    "jobs.resumes",
    "jobs.applications",
    "jobs.talent",
    "jobs.hiring",
    "jobs.editor",
    "jobs.alerts",
    "jobs.feeds",
    "jobs.webhooks",
    "jobs.insights",
    "jobs.api",
    "jobs.operations",
    "jobs.public",
]

MIDDLEWARE = [
    "accounts.lib.kept_pages.KeptPagesMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accounts.lib.middleware.PolicyMiddleware",
    "jobs.api.middleware.KeysOnlyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "accounts.lib.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.identity.middleware.TooQuickMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.identity.middleware.SecondFactorMiddleware",
    "accounts.consent.middleware.LeavingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.discreet.middleware.PrivatePagesMiddleware",
    "accounts.discreet.middleware.SharedPhoneMiddleware",
    "accounts.discreet.middleware.PinLockMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "accounts.lib.forms.ComponentRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.lib.context.site",
                "accounts.identity.context.announced",
                "accounts.discreet.context.discreet",
                "config.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "accounts.lib.templatetags.ui",
                "accounts.lib.templatetags.cards",
            ],
        },
    },
]

# --- database and broker -------------------------------------------------
DATABASE_URL = env_text("DATABASE_URL", "")
EMBEDDED_DATABASE = not DATABASE_URL
DATABASES = {
    "default": (
        embedded.connection(VAR_DIR)
        if EMBEDDED_DATABASE
        else dj_database_url.parse(DATABASE_URL)
    )
}
# Whoever may not read the schema of care does not find its tables there.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c search_path=public,care"
DATABASES["default"] |= {
    "CONN_MAX_AGE": env_number("ASHORE_CONN_MAX_AGE", 60),
    "CONN_HEALTH_CHECKS": True,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database, so that limits on guessing hold across every web process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_identity_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Pages for visitors, in the memory of each web process: some 50 kB each.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
}
# Seconds for which a process remembers how the operator's switches stand.
SWITCHES_KEPT_FOR: int | None = 10
# Seconds for which a visitor may see a list as it was; 0: never.
PAGES_KEPT_FOR = env_number("ASHORE_PAGES_KEPT_FOR", 30)
# Seconds for which counts of views wait in memory; None writes them on demand only.
COUNTS_WAIT_FOR: float | None = 30

CELERY_BROKER_URL = env_text("CELERY_BROKER_URL", "") or broker.broker_url(
    DATABASES["default"]
)
CELERY_BROKER_TRANSPORT_OPTIONS = broker.transport_options(CELERY_BROKER_URL)
CELERY_TASK_DEFAULT_QUEUE = "ashore"
CELERY_TASK_DEFAULT_QUEUE_TYPE = broker.queue_type(CELERY_BROKER_URL)
CELERY_WORKER_ENABLE_REMOTE_CONTROL = not broker.is_on_database(CELERY_BROKER_URL)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = broker.prefetch(CELERY_BROKER_URL)
CELERY_WORKER_CONCURRENCY = env_number("ASHORE_WORKERS", 1)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# The broker hands a task out again when it has lost sight of its worker.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
if broker.is_on_database(CELERY_BROKER_URL):
    CELERY_BEAT_SCHEDULE["every-hour-forget-delivered-tasks"] = {
        "task": "config.forget_delivered_tasks",
        "schedule": 3600.0,
    }

# --- people --------------------------------------------------------------
AUTH_USER_MODEL = "accounts_identity.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.identity.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
# The library's check wants one of them required; our one field takes either.
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "20/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/5m/key,10/d/key",
    "reset_password": "20/m/ip,3/5m/key,10/d/key",
    "verify_phone": "20/m/ip,1/30s/key,10/d/key",
    "change_phone": "3/m/user",
    # Reading an advert costs a little work and nobody has to sign in for it.
    "read_advert": "20/m/ip",
}
ACCOUNT_FORMS = {
    "login": "accounts.identity.forms.sign_in.LoginForm",
    "signup": "accounts.identity.forms.sign_in.SignupForm",
    "request_login_code": "accounts.identity.forms.sign_in.RequestLoginCodeForm",
    "confirm_login_code": "accounts.identity.forms.codes.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "accounts.identity.forms.codes.VerifyEmailForm",
    "verify_phone": "accounts.identity.forms.codes.VerifyPhoneForm",
    "confirm_password_reset_code": "accounts.identity.forms.codes.ConfirmResetForm",
    "reset_password": "accounts.identity.forms.passwords.ResetPasswordForm",
    "reset_password_from_key": "accounts.identity.forms.passwords.NewPasswordForm",
    "change_password": "accounts.identity.forms.passwords.ChangePasswordForm",
    "set_password": "accounts.identity.forms.passwords.SetPasswordForm",
    "reauthenticate": "accounts.identity.forms.passwords.ReauthenticateForm",
    "add_email": "accounts.identity.forms.contacts.AddEmailForm",
    "change_phone": "accounts.identity.forms.contacts.ChangePhoneForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
# How many proxies of ours stand before the site: whose word to take for an address.
ALLAUTH_TRUSTED_PROXY_COUNT = env_number("ASHORE_PROXIES", 0)
USERSESSIONS_ADAPTER = "accounts.identity.adapter.SessionsAdapter"
MFA_ADAPTER = "accounts.identity.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Ashore"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "accounts.identity.forms.second_factor.AuthenticateForm",
    "reauthenticate": "accounts.identity.forms.second_factor.ReauthenticateForm",
    "activate_totp": "accounts.identity.forms.second_factor.ActivateTotpForm",
    "add_webauthn": "accounts.identity.forms.second_factor.AddPasskeyForm",
    "login_webauthn": "accounts.identity.forms.second_factor.SignInPasskeyForm",
    "authenticate_webauthn": "accounts.identity.forms.second_factor.ConfirmPasskeyForm",
    "reauthenticate_webauthn": (
        "accounts.identity.forms.second_factor.ReauthenticatePasskeyForm"
    ),
    "edit_webauthn": "accounts.identity.forms.second_factor.EditPasskeyForm",
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "accounts.lib.views.csrf_failure"

# --- messages to people --------------------------------------------------
# file:///path, smtp://user:password@host:port, or a provider's https:// address.
MAIL_URL = env_text("ASHORE_MAIL_URL", f"file://{VAR_DIR / 'outbox'}")
SMS_URL = env_text("ASHORE_SMS_URL", f"file://{VAR_DIR / 'outbox'}")
DEFAULT_FROM_EMAIL = env_text("ASHORE_FROM_EMAIL", "Ashore <noreply@example.com>")

# --- notices to employers' systems ----------------------------------------
# On one's own computer, in dev, they may go to plain http and private addresses.
WEBHOOKS_LOCAL = False

# --- who runs the site: named on the about, terms and privacy pages ------
OPERATOR_NAME = env_text("ASHORE_OPERATOR_NAME", "")
OPERATOR_EMAIL = env_text("ASHORE_OPERATOR_EMAIL", "")
# The human-resources service licence that a real board in mainland China needs.
OPERATOR_LICENCE = env_text("ASHORE_OPERATOR_LICENCE", "")

# --- languages and time --------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [
    ("zh-hans", "简体中文"),
    ("zh-hant", "繁體中文"),
    ("en", "English"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- static files --------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# s3://key:secret@host/bucket, or nothing for a folder of this computer.
EVIDENCE_URL = env_text("ASHORE_EVIDENCE_URL", "")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "evidence": evidence.evidence_storage(EVIDENCE_URL, VAR_DIR / "evidence"),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"
# A cache of what matching holds in memory; safe to delete.
MATCHING_DIR = VAR_DIR / "cache" / "matching"
# One sent file; what is larger is counted and dropped, never written to a disk.
UPLOAD_LIMIT = 8 * 1024 * 1024
# As many as go with one message.
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = ["accounts.lib.uploads.InMemoryOnly"]

# --- browser security ----------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
UNFOLD = {
    "SITE_TITLE": "Ashore",
    "SITE_HEADER": "Ashore",
    "SITE_URL": "/operations/",
    "SITE_SYMBOL": "anchor",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": "/static/looks/ashore.svg"}
    ],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "10px",
    "SIDEBAR": {"show_search": True, "show_all_applications": True},
    # The sea of static/css/ashore.css, in the library's steps.
    "COLORS": {
        "primary": {
            "50": "#eef7f7",
            "100": "#d6ecec",
            "200": "#b0d9da",
            "300": "#7fbfc2",
            "400": "#4a9da2",
            "500": "#2b8187",
            "600": "#1d686f",
            "700": "#18545b",
            "800": "#14434a",
            "900": "#0e2f39",
            "950": "#08161c",
        }
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# Reports of errors, on a debug page or in a message, without what people of care wrote.
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.errors.WithoutCare"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "config.logs.WithoutRows",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "filters": {"not_readiness": {"()": "config.env.NotReadiness"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "celery": {"level": "WARNING"},
        # Would write the whole address of everything that is asked for.
        "httpx": {"level": "WARNING"},
        # Its own handler would write addresses as they are.
        "django.server": {
            "level": "WARNING",
            "handlers": ["console"],
            "propagate": False,
        },
        "django.request": {"filters": ["not_readiness"]},
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
