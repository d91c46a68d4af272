from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room `portal`."""

    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks."""
        from portal import checks  # noqa: F401 - importing registers them
