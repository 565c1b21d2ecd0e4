"""One provider process has one configuration: keep the first, answer the same again, refuse another.

A second configuration would quietly change region, role or default tags for every unit that is under way; in
a prototype that let one through, a good plan was applied after it with resources destroyed and not recreated.
"""

from scripts.warm_provider.wire import encode_field, encode_varint, fields, first_payload

# Configure.Request.config. Its neighbours, the Terraform version and the client's capabilities, differ from
# plan to apply and change nothing that units share.
_CONFIG_FIELD = 2

# Configure.Response.diagnostics, and the fields of a diagnostic.
_DIAGNOSTICS, _SEVERITY, _SUMMARY, _DETAIL = 1, 1, 2, 3
_ERROR = 1
# PrepareProviderConfig.Response.diagnostics
PREPARE_DIAGNOSTICS = 2

REFUSAL = "The warm provider has another configuration"
_WHAT_TO_DO = (
    "{first} configured the provider of this run first, and the provider block of {unit} differs from it. "
    "All units of one region and environment share one provider, so they need the same provider block: "
    "region, role, default_tags and endpoints. Give {unit} the block that the root writes, move it under the "
    "folder of its own region, or run it with --plain."
)


class Configuration:
    """The configuration that came first. It may hold credentials: it stays in memory and is never shown."""

    def __init__(self, unit: str, request: bytes, answer: bytes) -> None:
        self.unit = unit
        self.request = request
        self.answer = answer
        self._wanted = first_payload(request, _CONFIG_FIELD)

    def __repr__(self) -> str:
        return f"Configuration(unit={self.unit!r})"

    def answer_for(self, unit: str, request: bytes) -> bytes:
        """Return the kept answer for the same configuration, and a refusal for any other."""
        same = first_payload(request, _CONFIG_FIELD) == self._wanted
        return self.answer if same else _refusal(self.unit, unit)


def refused(answer: bytes, diagnostics_field: int = _DIAGNOSTICS) -> bool:
    """Tell whether the provider itself refused: such an answer must not stand for the units to come."""
    diagnostics = [field.payload for field in fields(answer) if field.number == diagnostics_field]
    return any(first_payload(diagnostic, _SEVERITY) == encode_varint(_ERROR) for diagnostic in diagnostics)


def _refusal(first: str, unit: str) -> bytes:
    severity = encode_varint(_SEVERITY << 3) + encode_varint(_ERROR)
    detail = _WHAT_TO_DO.format(first=first, unit=unit)
    diagnostic = severity + encode_field(_SUMMARY, REFUSAL.encode()) + encode_field(_DETAIL, detail.encode())
    return encode_field(_DIAGNOSTICS, diagnostic)
