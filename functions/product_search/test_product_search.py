"""The product search: what it asks the domain, and what it answers when there is none."""

import io
import json

import pytest

FOUND = {"hits": {"hits": [{"_id": "teapot", "_source": {"name": "Teapot"}}]}}


@pytest.fixture
def domain(handler, monkeypatch):
    """A domain that answers with one product and keeps the requests."""
    asked = []

    def urlopen(request, timeout):
        asked.append(request)
        return io.BytesIO(json.dumps(FOUND).encode())

    monkeypatch.setenv("SEARCH_HOST", "search.example.com")
    monkeypatch.setattr(handler.urllib.request, "urlopen", urlopen)
    return asked


def call(handler, query):
    answer = handler.handle({"queryStringParameters": query, "headers": {"X-Correlation-Id": "c-1"}}, None)
    assert answer["headers"]["X-Correlation-Id"] == "c-1"
    return answer["statusCode"], json.loads(answer["body"])


def test_products_are_found_by_their_words(handler, domain):
    assert call(handler, {"q": " teapot "}) == (200, {"products": [{"id": "teapot", "name": "Teapot"}]})
    (request,) = domain
    assert request.full_url == "https://search.example.com/products/_search"
    assert json.loads(request.data)["query"]["multi_match"]["query"] == "teapot"


def test_the_request_is_signed_with_the_functions_role(handler, domain):
    call(handler, {"q": "teapot"})
    (request,) = domain
    assert request.get_header("Authorization").startswith("AWS4-HMAC-SHA256 Credential=111111111111/")
    assert "/us-east-1/es/aws4_request" in request.get_header("Authorization")


def test_words_cannot_change_the_query(handler, domain):
    call(handler, {"q": '"}}, "size": 10000'})
    (request,) = domain
    assert json.loads(request.data)["size"] == handler.MOST


@pytest.mark.parametrize(
    "query", [None, {}, {"q": " "}, {"q": "a" * 201}], ids=["none", "no q", "blank", "long"]
)
def test_a_search_for_nothing_or_too_much_is_refused(handler, domain, query):
    status, answer = call(handler, query)
    assert (status, answer["field"], domain) == (400, "q", [])


def test_an_environment_without_search_says_so(handler, monkeypatch):
    monkeypatch.delenv("SEARCH_HOST", raising=False)
    assert call(handler, {"q": "teapot"}) == (503, {"message": "this environment has no search"})


@pytest.mark.parametrize("answer", [OSError("late"), b"no JSON", b"{}"], ids=["late", "no JSON", "no hits"])
def test_a_domain_that_does_not_answer_is_not_the_callers_fault(handler, domain, monkeypatch, answer):
    def urlopen(request, timeout):
        if isinstance(answer, OSError):
            raise answer
        return io.BytesIO(answer)

    monkeypatch.setattr(handler.urllib.request, "urlopen", urlopen)
    status, body = call(handler, {"q": "teapot"})
    assert status == 503
    assert "try again" in body["message"]


def test_without_a_correlation_id_the_requests_own_is_taken(handler, domain):
    event = {"queryStringParameters": {"q": "a"}, "requestContext": {"requestId": "r-1"}}
    assert handler.handle(event, None)["headers"]["X-Correlation-Id"] == "r-1"


def test_pages_of_the_one_origin_may_read_the_answer(handler, domain, monkeypatch):
    monkeypatch.setenv("ALLOWED_ORIGIN", "https://shop.example.com")
    headers = handler.handle({"queryStringParameters": {"q": "a"}}, None)["headers"]
    assert headers["Access-Control-Allow-Origin"] == "https://shop.example.com"
