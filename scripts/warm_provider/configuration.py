"""One process has one provider configuration: keep the first, answer the same again, refuse another.

A second configuration would quietly change region, role or default tags for every unit that is under way; in
a prototype that let one through, a good plan was applied after it with resources destroyed and not recreated.
"""

from scripts.warm_provider.wire import encode_field, encode_varint, first_payload

# Configure.Request.config; its neighbour client_capabilities differs from plan to apply and means nothing here.
_CONFIG_FIELD = 3
_SEVERITY_ERROR = 1

REFUSAL = "The warm provider serves one provider configuration"
WHAT_TO_DO = (
    "Another unit of this run has configured it already, and {unit} asks for something else. A unit's provider "
    "block may differ only by region and environment, each of which has a warm provider of its own. Give the "
    "unit the same provider block (region, role, default_tags, endpoints) as its neighbours, move it under the "
    "folder of its region, or run with --plain."
)


class Configuration:
    """The configuration that won. Its bytes may hold credentials: they stay in memory and are never shown."""

    def __init__(self) -> None:
        self.request: bytes | None = None
        self._wanted = b""

    def keep(self, request: bytes) -> None:
        """Remember *request* as the one configuration of this process."""
        self.request = request
        self._wanted = first_payload(request, _CONFIG_FIELD)

    def matches(self, request: bytes) -> bool:
        """Tell whether *request* asks for what has been kept."""
        return first_payload(request, _CONFIG_FIELD) == self._wanted


def refusal(unit: str) -> bytes:
    """Encode the Configure.Response that refuses a second configuration and says what to do."""
    severity = encode_varint(1 << 3) + encode_varint(_SEVERITY_ERROR)
    detail = WHAT_TO_DO.format(unit=unit)
    diagnostic = severity + encode_field(2, REFUSAL.encode()) + encode_field(3, detail.encode())
    return encode_field(1, diagnostic)
