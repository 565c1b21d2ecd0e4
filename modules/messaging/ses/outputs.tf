output "configuration_set_name" {
  description = "Name of the configuration set that the identities send through."
  value       = aws_sesv2_configuration_set.this.configuration_set_name
}

output "dns_records" {
  description = "Records that the zone of each domain needs, keyed as in var.identities: a list of {name, type, ttl, values}."
  value = {
    for key, identity in var.identities : key => concat(
      [
        for token in aws_sesv2_email_identity.this[key].dkim_signing_attributes[0].tokens :
        { name = "${token}._domainkey.${identity.identity}", type = "CNAME", ttl = 1800, values = ["${token}.dkim.amazonses.com"] }
      ],
      identity.mail_from == null ? [] : [
        { name = "${identity.mail_from.subdomain}.${identity.identity}", type = "MX", ttl = 1800, values = ["10 feedback-smtp.${data.aws_region.current.name}.amazonses.com"] },
        { name = "${identity.mail_from.subdomain}.${identity.identity}", type = "TXT", ttl = 1800, values = ["v=spf1 include:amazonses.com ~all"] },
      ]
    ) if !strcontains(identity.identity, "@")
  }
}

output "identity_arns" {
  description = "ARN of each identity, keyed as in var.identities: what a sender's role may name."
  value       = { for key, identity in aws_sesv2_email_identity.this : key => identity.arn }
}

output "template_names" {
  description = "Name of each template, keyed as in var.templates: what a sender asks for."
  value       = { for key, template in aws_ses_template.this : key => template.name }
}
