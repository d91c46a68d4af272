"""What an import did, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts that add up to the rows read; `merged` and `refused` name the line of the file (the head is line 1)."""

    taken: int = 0
    merged: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """The three counts."""
        return {"taken": self.taken, "merged": len(self.merged), "refused": len(self.refused)}

    def lines(self) -> list[str]:
        """One line per row that was not simply taken, in the order of the file."""
        rows = [(line, "merged", why) for line, why in self.merged] + [
            (line, "refused", why) for line, why in self.refused
        ]
        return [f"line {line}: {what}: {why}" for line, what, why in sorted(rows)]
