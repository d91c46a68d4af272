"""Production: behind TLS, every secret demanded."""

from portal.settings.base import *

SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEYS = env.list("TALA_FIELD_KEYS")
CHECKPOINT_KEY_MADE_HERE = False
# The machine itself asks for its health.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS"), "127.0.0.1"]
SITE_ADDRESS = env.str("SITE_ADDRESS")
WAGTAILADMIN_BASE_URL = SITE_ADDRESS
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
