"""bookstore, applied: tokens as its applications get them, and what it wrote down."""

import base64
import hashlib
import json
import re
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterable
from http.client import HTTPMessage
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.requests.system import System

EVERYTHING_QUICK = ("--system", "platform,bookstore", "--unit", "!search")
"""All but the search: the provider looks at a new domain after ten minutes for the first time."""


class KeepRedirect(urllib.request.HTTPRedirectHandler):
    """Stop at the redirect: what it says is what is wanted, and it leads to a page that nobody serves here."""

    def redirect_request(
        self, req: object, fp: object, code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def sign_up(system: System) -> tuple[str, str]:
    """An account nobody else uses: its address and its password."""
    name, password = f"{secrets.token_hex(6)}@example.com", f"Aa1!{secrets.token_urlsafe(16)}"
    pool = {"UserPoolId": system.outputs["auth"]["user_pool_id"], "Username": name}
    attributes = [{"Name": "email", "Value": name}, {"Name": "email_verified", "Value": "true"}]
    cognito = system.client("cognito-idp")
    cognito.admin_create_user(**pool, UserAttributes=attributes, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(**pool, Password=password, Permanent=True)
    return name, password


def token(system: System, client: str, scopes: Iterable[str], proof: str | None = None) -> str:
    """An access token, got as an application gets one: sign-in page, code, and the proof that it asked (PKCE).

    *proof* is what is sent at the end instead of what the code was asked with.
    """
    name, password = sign_up(system)
    client_id = system.outputs["auth"]["client_ids"][client]
    pool = system.outputs["auth"]["user_pool_id"]
    described = system.client("cognito-idp").describe_user_pool_client(UserPoolId=pool, ClientId=client_id)
    back = sorted(described["UserPoolClient"]["CallbackURLs"])[0]
    verifier = secrets.token_urlsafe(48)
    digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    asked = {
        "client_id": client_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": " ".join(scopes),
        "code_challenge": digest,
        "code_challenge_method": "S256",
    }
    status, headers, page = form(system, f"/oauth2/authorize?{urlencode(asked)}", None)
    if status != 200:
        raise PermissionError(headers["Location"])
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert fields["code_challenge"] == digest
    status, headers, page = form(system, "/login", asked | {"username": name, "password": password})
    assert status == 302, page
    (code,) = parse_qs(urlsplit(headers["Location"]).query)["code"]
    wanted = {"grant_type": "authorization_code", "client_id": client_id, "redirect_uri": back, "code": code}
    status, _, page = form(system, "/oauth2/token", wanted | {"code_verifier": proof or verifier})
    if status != 200:
        raise PermissionError(page)
    return str(json.loads(page)["access_token"])


def form(system: System, path: str, fields: dict[str, str] | None) -> tuple[int, HTTPMessage, str]:
    """Send a form as a browser does (or get a page), and stop at a redirect."""
    data = None if fields is None else urlencode(fields).encode()
    opener = urllib.request.build_opener(KeepRedirect)
    try:
        with opener.open(f"{system.endpoint}{path}", data, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def plain(item: dict[str, Any]) -> dict[str, Any]:
    """An item of DynamoDB without its types."""
    return {
        name: [plain({"x": each})["x"] for each in value["L"]] if "L" in value else next(iter(value.values()))
        for name, value in item.items()
    }


def audit_records(system: System, subject: str) -> list[dict[str, Any]]:
    """What the audit log says of a subject, oldest first."""
    found = system.client("dynamodb").query(
        TableName=system.outputs["tables"]["table_names"]["audit-logs"],
        KeyConditionExpression="subject = :subject",
        ExpressionAttributeValues={":subject": {"S": subject}},
    )
    return [plain(item) for item in found["Items"]]


def changing(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """What a plan would change, by unit."""
    return {row["unit"]: row["changes"] for row in rows if row["changes"]}
