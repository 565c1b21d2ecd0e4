"""Mail that was sent, for tests to read: every account's, oldest first."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ministack.services import ses


@dataclass(frozen=True, slots=True)
class Mail:
    """One message, whichever SES operation sent it."""

    account: str
    region: str
    message_id: str
    source: str
    to: list[str]
    subject: str
    text: str
    html: str
    template: str
    configuration_set: str
    sent_at: float


def sent(account: str = "") -> list[dict[str, Any]]:
    """Mail of *account*, or of all."""
    found = [
        _mail(owner, region, entry)
        for (owner, region, _), entries in ses._sent_emails.all_items()
        for entry in entries
        if account in ("", owner)
    ]
    return [asdict(mail) for mail in sorted(found, key=lambda mail: mail.sent_at)]


def _mail(account: str, region: str, entry: dict[str, Any]) -> Mail:
    """Templated mail carries its rendered parts under names of its own."""
    return Mail(
        account=account,
        region=region,
        message_id=entry["MessageId"],
        source=entry["Source"],
        to=[*entry["To"], *entry["CC"], *entry["BCC"]],
        subject=entry.get("RenderedSubject") or entry.get("Subject") or "",
        text=entry.get("RenderedBodyText") or entry.get("BodyText") or "",
        html=entry.get("RenderedBodyHtml") or entry.get("BodyHtml") or "",
        template=entry.get("Template", ""),
        configuration_set=entry.get("ConfigurationSetName", ""),
        sent_at=entry["Timestamp"],
    )
