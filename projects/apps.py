from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """The room `projects`."""

    name = "projects"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Bind the machines to their models, then register what hangs on them."""
        from projects import machines
        from projects.registry import (
            acceptance,
            budgets,
            calls,
            changes,
            channel,
            handover,
            payments,
            portfolio,
            reports,
            way,
            writing,
        )

        machines.bind()
        calls.register()
        writing.register()
        way.register()
        budgets.register()
        payments.register()
        portfolio.register()
        reports.register()
        acceptance.register()
        changes.register()
        channel.register()
        handover.register()
