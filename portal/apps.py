from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room `portal`."""

    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"
