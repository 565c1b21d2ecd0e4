"""A cache keeps only what was named, never one caller's answer for another; back ends know the stage by a certificate."""

import json
import re

import pytest
import tftest

MODULE = "compute/api-gateway"
ONE_BOOK = {"name": "book_id", "in": "path", "required": True, "schema": {"type": "string"}}
SEARCH = {"name": "search", "in": "query", "schema": {"type": "string"}}
SIGNED = {
    "type": "apiKey",
    "name": "Authorization",
    "in": "header",
    "x-amazon-apigateway-authtype": "awsSigv4",
}


def operation(*keys, **fields):
    """An operation of an HTTP back end whose answers are told apart by *keys*."""
    integration = {"type": "http_proxy", "httpMethod": "GET", "uri": "https://books.example.com"}
    return {
        "responses": {"200": {"description": "ok"}},
        "x-amazon-apigateway-integration": integration | {"cacheKeyParameters": list(keys)},
    } | fields


BOOKS = operation("method.request.querystring.search", parameters=[SEARCH], security=[])
BOOK = operation("method.request.path.book_id", parameters=[ONE_BOOK], security=[])
MINE = operation(security=[{"signed": []}])
PATHS = {"/books": {"get": BOOKS, "post": MINE}, "/books/{book_id}": {"get": BOOK}}
PUBLIC = ["GET /books", "GET /books/{book_id}"]


def variables(paths=None, components=None, **more):
    document = {
        "openapi": "3.0.3",
        "info": {"title": "x", "version": "1"},
        "paths": paths or PATHS,
        "components": {"securitySchemes": {"signed": SIGNED}} | (components or {}),
    }
    return {"name": "acme-books", "openapi": json.dumps(document), "public_operations": PUBLIC} | more


def kept(**operations):
    return {"cache": {"operations": operations}}


def values(plan, address):
    return plan.resources[address]["values"]


def settings(plan, operation=None):
    """What is set for one operation, or for all that have no setting of their own."""
    address = f'one["{operation}"]' if operation else "all"
    (found,) = values(plan, f"aws_api_gateway_method_settings.{address}")["settings"]
    return found


@pytest.fixture(scope="module")
def plain(plan_module):
    """Neither cache nor certificate."""
    return plan_module(MODULE, **variables())


@pytest.fixture(scope="module")
def named(plan_module):
    """One operation is kept, a second is only throttled."""
    return plan_module(
        MODULE,
        **variables(**kept(**{"GET /books": {}})),
        method_throttling={"POST /books": {"rate": 5, "burst": 6}},
        throttling={"rate": 50, "burst": 70},
    )


@pytest.fixture(scope="module")
def every(plan_module):
    """Every GET is kept for a minute, but for one that is signed; another has a throttle, too."""
    paths = PATHS | {"/orders": {"get": MINE}}
    return plan_module(
        MODULE,
        **variables(paths, method_throttling={"GET /books": {"rate": 5, "burst": 6}}),
        cache={
            "size_gb": 6.1,
            "operations": {"GET *": {"ttl_seconds": 60}, "GET /orders": {"ttl_seconds": 0}},
        },
        client_certificates={"presented": "2026", "others": ["2027"]},
        tags={"System": "books"},
    )


def test_by_default_nothing_is_kept_and_no_cache_is_paid_for(plain):
    stage = values(plain, "aws_api_gateway_stage.this")
    assert (stage["cache_cluster_enabled"], stage["cache_cluster_size"]) == (False, None)
    assert settings(plain)["caching_enabled"] is False


def test_only_the_named_operation_is_kept_for_five_minutes_in_the_smallest_cache(named):
    stage = values(named, "aws_api_gateway_stage.this")
    assert (stage["cache_cluster_enabled"], stage["cache_cluster_size"]) == (True, "0.5")
    books = settings(named, "GET /books")
    assert (books["caching_enabled"], books["cache_ttl_in_seconds"]) == (True, 300)
    assert settings(named)["caching_enabled"] is False
    assert settings(named, "POST /books")["caching_enabled"] is False


def test_a_kept_operation_has_the_throttle_of_the_stage_and_a_throttled_one_its_own(named):
    books, post = settings(named, "GET /books"), settings(named, "POST /books")
    assert (books["throttling_rate_limit"], books["throttling_burst_limit"]) == (50, 70)
    assert (post["throttling_rate_limit"], post["throttling_burst_limit"]) == (5, 6)


def test_every_get_is_the_default_of_the_stage_from_which_single_ones_depart(every):
    assert values(every, "aws_api_gateway_stage.this")["cache_cluster_size"] == "6.1"
    assert (settings(every)["caching_enabled"], settings(every)["cache_ttl_in_seconds"]) == (True, 60)
    books = settings(every, "GET /books")
    assert (books["caching_enabled"], books["cache_ttl_in_seconds"]) == (True, 60)
    assert settings(every, "GET /orders")["caching_enabled"] is False


def test_the_slashes_of_a_path_are_written_as_api_gateway_tells_it(plan_module):
    book = "GET /books/{book_id}"
    plan = plan_module(MODULE, **variables(**kept(**{book: {}})))
    (one,) = [found["values"] for address, found in plan.resources.items() if "settings.one" in address]
    assert one["method_path"] == "~1books~1{book_id}/GET"


@pytest.mark.parametrize("operation", [None, "GET /books", "GET /orders"])
def test_what_is_kept_is_encrypted_and_only_who_may_empties_the_cache(every, operation):
    found = settings(every, operation)
    assert (found["cache_data_encrypted"], found["require_authorization_for_cache_control"]) == (True, True)
    assert found["unauthorized_cache_control_header_strategy"] == "SUCCEED_WITH_RESPONSE_HEADER"


def test_an_operation_that_is_no_longer_kept_touches_no_other(plan_module, every):
    paths = PATHS | {"/orders": {"get": operation(security=[])}}
    fewer = variables(paths, public_operations=[*PUBLIC, "GET /orders"])
    after = plan_module(MODULE, **fewer, **kept(**{"GET /orders": {}}))
    gone = {address for address in every.resources if "method_settings" in address} - set(after.resources)
    assert gone == {'aws_api_gateway_method_settings.one["GET /books"]'}


@pytest.mark.parametrize(
    ("parameters", "keys", "components"),
    [
        pytest.param([SEARCH], ["multivaluequerystring.search"], {}, id="several values of one"),
        pytest.param(
            [{"$ref": "#/components/parameters/Search"}],
            ["querystring.search"],
            {"parameters": {"Search": SEARCH}},
            id="one that operations share",
        ),
        pytest.param([SEARCH | {"in": "header"}], [], {}, id="a header is the caller's own choice"),
    ],
)
def test_a_parameter_is_part_of_the_key_however_it_is_written(plan_module, parameters, keys, components):
    books = operation(*[f"method.request.{key}" for key in keys], parameters=parameters, security=[])
    given = variables({"/books": {"get": books}}, components, public_operations=["GET /books"])
    assert settings(plan_module(MODULE, **given, **kept(**{"GET *": {}})))["cache_ttl_in_seconds"] == 300


def test_without_certificates_the_stage_shows_none(plain):
    assert values(plain, "aws_api_gateway_stage.this")["client_certificate_id"] is None
    assert plain.outputs["client_certificates"] == {}


def test_the_stage_shows_one_certificate_and_the_next_one_waits_beside_it(every):
    made = {address: found for address, found in every.resources.items() if "client_certificate" in address}
    assert {address: found["values"]["description"] for address, found in made.items()} == {
        'aws_api_gateway_client_certificate.back_end["2026"]': "acme-books 2026",
        'aws_api_gateway_client_certificate.back_end["2027"]': "acme-books 2027",
    }
    assert {str(found["values"]["tags"]) for found in made.values()} == {"{'System': 'books'}"}
    stage = every.configuration["root_module"]["resources"]
    (found,) = [one for one in stage if one["address"] == "aws_api_gateway_stage.this"]
    references = found["expressions"]["client_certificate_id"]["references"]
    assert "var.client_certificates" in references
    assert "aws_api_gateway_client_certificate.back_end" in references


def test_another_certificate_is_shown_by_a_new_deployment_and_one_beside_it_is_not(plan_module, every):
    trigger = values(every, "aws_api_gateway_deployment.this")["triggers"]
    assert trigger["client_certificate"] == "2026"
    alone = plan_module(MODULE, **variables(client_certificates={"presented": "2026"}))
    assert set(alone.resources) & {'aws_api_gateway_client_certificate.back_end["2027"]'} == set()
    assert values(alone, "aws_api_gateway_deployment.this")["triggers"]["client_certificate"] == "2026"


def test_back_ends_learn_what_to_trust(every):
    expression = every.configuration["root_module"]["outputs"]["client_certificates"]["expression"]
    assert expression["references"][0] == "aws_api_gateway_client_certificate.back_end"
    assert every.output_changes["client_certificates"]["actions"] == ["create"]


UNKEYED = {"/books/{book_id}": {"get": operation(parameters=[ONE_BOOK, SEARCH], security=[])}}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param(
            {"cache": {"size_gb": 1, "operations": {"GET *": {}}}},
            r"28\.4.*237\); got 1\.",
            id="no such size",
        ),
        pytest.param(
            kept(**{"GET /books": {"ttl_seconds": 3601}}),
            r'0 to 3600; got \{"GET /books":3601',
            id="too long",
        ),
        pytest.param(
            kept(**{"GET /books": {"ttl_seconds": -1}}), r'0 to 3600; got \{"GET /books":-1', id="negative"
        ),
        pytest.param(
            kept(**{"GET /books": {"ttl_seconds": 0.5}}),
            r'whole number.*"GET /books":0\.5',
            id="half a second",
        ),
        pytest.param(kept(), r"by the hour for nothing; got \{\}", id="nothing is kept"),
        pytest.param(
            kept(**{"GET *": {"ttl_seconds": 0}}),
            r'for nothing; got \{"GET \*":\{"ttl_seconds":0\}\}',
            id="nothing for a second",
        ),
        pytest.param(kept(**{"POST /books": {}}), r'what a body asks.*got \["POST /books"\]', id="a POST"),
        pytest.param(kept(**{"GET /book": {}}), r'got \["GET /book"\]', id="an operation that is none"),
        pytest.param(
            variables(UNKEYED, public_operations=["GET /books/{book_id}"], **kept(**{"GET *": {}})),
            r'"GET /books/\{book_id\}":\["method\.request\.path\.book_id","method\.request\.querystring\.search"\]',
            id="one answer for all books",
        ),
        pytest.param(
            variables({**PATHS, "/mine": {"get": MINE}}, **kept(**{"GET *": {}})),
            r'not named are \["GET /mine"\]',
            id="an answer for one caller",
        ),
        pytest.param(
            variables({**PATHS, "/x": {"x-amazon-apigateway-any-method": MINE}}, **kept(**{"GET *": {}})),
            r'by itself in \["ANY /x"\]',
            id="a GET inside of ANY",
        ),
        pytest.param(
            {"client_certificates": {"presented": "a b"}}, r'underscores; got .*"a b"', id="certificate name"
        ),
    ],
)
def test_a_wrong_value_is_refused_with_rule_and_value(plan_module, given, message):
    with pytest.raises(tftest.TerraformTestError, match=re.compile(message, re.S)):
        plan_module(MODULE, **(variables() | given))


def test_a_guarded_operation_may_be_kept_if_it_is_named_and_any_beside_single_names(plan_module):
    paths = {"/mine": {"get": MINE}, "/x": {"x-amazon-apigateway-any-method": MINE}}
    given = variables(paths, public_operations=[], **kept(**{"GET /mine": {"ttl_seconds": 3600}}))
    assert settings(plan_module(MODULE, **given), "GET /mine")["cache_ttl_in_seconds"] == 3600
