from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The room `portal`."""

    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the checks, who runs the system, the jobs of Celery beat and the home page's line in the rail."""
        from directory.enums import Role
        from directory.queries.standing import holds
        from portal import checks  # noqa: F401 - importing registers them
        from portal.celery import fill_beat
        from portal.navigation import HOME, INBOX
        from workflows import navigation, policies

        navigation.register(HOME, INBOX)
        policies.register_system_rule(holds(Role.SYSTEM_ADMIN))
        fill_beat()
