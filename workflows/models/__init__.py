from workflows.models.calendar import CalendarFeed
from workflows.models.deadline import Deadline
from workflows.models.file import FileText, StoredFile
from workflows.models.history import StateChange
from workflows.models.job import JobRun
from workflows.models.journal import JournalEntry, JournalHead, JournalLink
from workflows.models.message import Message
from workflows.models.outbox import OutboxMessage
from workflows.models.route import Route, RouteDecision, RouteStep
from workflows.models.stateful import Stateful, state_constraint

__all__ = [
    "CalendarFeed",
    "Deadline",
    "FileText",
    "JobRun",
    "JournalEntry",
    "JournalHead",
    "JournalLink",
    "Message",
    "OutboxMessage",
    "Route",
    "RouteDecision",
    "RouteStep",
    "StateChange",
    "Stateful",
    "StoredFile",
    "state_constraint",
]
