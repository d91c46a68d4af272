from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room `portal`."""

    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks and the home page's line in the rail."""
        from portal import checks  # noqa: F401 - importing registers them
        from portal.navigation import HOME
        from workflows import navigation

        navigation.register(HOME)
