# What a plan cannot show, because SES gives it: ARNs, DKIM tokens and the records made of them.
mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { name = "us-east-1" }
  }
  mock_resource "aws_sesv2_email_identity" {
    defaults = {
      dkim_signing_attributes = {
        tokens = ["one", "two", "three"]
      }
    }
  }
}

variables {
  name = "acme"
  identities = {
    shop    = { identity = "example.com", mail_from = { subdomain = "return" } }
    plain   = { identity = "example.org" }
    reports = { identity = "reports@example.com" }
  }
}

run "a_domain_gets_its_records_and_an_address_none" {
  assert {
    condition     = keys(output.dns_records) == ["plain", "shop"]
    error_message = "got ${jsonencode(keys(output.dns_records))}"
  }

  assert {
    condition = [for record in output.dns_records["plain"] : record] == [
      for token in ["one", "two", "three"] : { name = "${token}._domainkey.example.org", type = "CNAME", ttl = 1800, values = ["${token}.dkim.amazonses.com"] }
    ]
    error_message = "got ${jsonencode(output.dns_records["plain"])}"
  }

  assert {
    condition = [for record in output.dns_records["shop"] : record if record.type != "CNAME"] == [
      { name = "return.example.com", type = "MX", ttl = 1800, values = ["10 feedback-smtp.us-east-1.amazonses.com"] },
      { name = "return.example.com", type = "TXT", ttl = 1800, values = ["v=spf1 include:amazonses.com ~all"] },
    ]
    error_message = "got ${jsonencode(output.dns_records["shop"])}"
  }

  assert {
    condition     = output.identity_arns == { for key, identity in aws_sesv2_email_identity.this : key => identity.arn } && length(output.identity_arns) == 3
    error_message = "got ${jsonencode(output.identity_arns)}"
  }
}
