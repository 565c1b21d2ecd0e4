"""A small live tree that is in order, to break one thing at a time."""

from __future__ import annotations

from pathlib import Path

QUEUE = "live/dev/us-east-1/shop/queue"
TFVARS = f"{QUEUE}/terraform.tfvars"
DEFINITION = "live/_units/shop/queue.hcl"
KEY_DEFINITION = "live/_units/platform/key.hcl"
MODULE = "modules/messaging/queue/variables.tf"

FILES = {
    "terragrunt.hcl": """\
locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }
inputs = {
  name = local.context.name
  tags = local.context.tags
}
""",
    "live/context.hcl": """\
locals {
  place  = split("/", trimprefix(get_original_terragrunt_dir(), "${get_repo_root()}/"))
  env    = read_terragrunt_config("${get_repo_root()}/live/${local.place[1]}/env.hcl").locals
  region = local.place[2]
  system = local.place[3]
  name   = "${local.env.project}-${local.place[1]}-${local.system}"
  tags   = { System = local.system }
}
""",
    "live/addresses.hcl": """\
locals {
  vpc_cidrs = {
    dev = {
      us-east-1 = {
        shop  = "10.1.0.0/16"
        forum = "10.2.0.0/16"
      }
      us-west-2 = { shop = "10.3.0.0/16" }
    }
    prod = { us-east-1 = { shop = "10.1.0.0/16" } }
  }
}
""",
    DEFINITION: """\
terraform { source = "${get_repo_root()}/modules//patterns/shop" }
locals { context = read_terragrunt_config("${get_repo_root()}/live/context.hcl").locals }
dependency "key" {
  config_path                             = "${get_terragrunt_dir()}/../../platform/key"
  mock_outputs                            = { key_arn = "arn:aws:kms:us-east-1:000000000000:key/mock" }
  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]
}
inputs = {
  key_arn = dependency.key.outputs.key_arn
  region  = local.context.region
}
""",
    KEY_DEFINITION: """\
terraform {
  source = "${get_repo_root()}/modules//security/key"
}
inputs = { aliases = ["data"] }
""",
    TFVARS: """\
# What an engineer edits.
mode    = "standard"
contact = { email = "shop@example.com" }
queues = {
  orders = {
    visibility  = 120
    dead_letter = { days = 7 }
  }
}
retention_days = 4
""",
    "modules/patterns/shop/main.tf": """\
module "queue" {
  source = "../../messaging/queue"

  name           = var.name
  mode           = var.mode
  queues         = var.queues
  retention_days = var.retention_days
  key_arn        = var.key_arn
  tags           = merge(var.tags, { Region = var.region, Mail = var.contact.email })
}
""",
    "modules/patterns/shop/variables.tf": """\
variable "name" { type = string }
variable "tags" { type = map(string) }
variable "key_arn" {
  type     = string
  nullable = false
}
variable "region" { type = string }
variable "mode" {
  type     = string
  nullable = false

  validation {
    condition     = contains(["standard", "fifo"], var.mode)
    error_message = "mode must be standard or fifo; got ${jsonencode(var.mode)}."
  }
}
variable "contact" {
  type = object({
    email = string
    phone = optional(string)
  })
  nullable = false

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+$", var.contact.email))
    error_message = "contact.email must be a mail address; got ${jsonencode(var.contact.email)}."
  }
}
variable "queues" {
  type = map(object({
    visibility  = optional(number, 30)
    fifo        = optional(bool, false)
    dead_letter = optional(object({ count = optional(number, 5), days = optional(number, 14) }), {})
    subscribers = optional(set(string), [])
    labels      = optional(map(string), {})
    window      = optional(tuple([number, string]))
    matrix      = optional(list(list(number)), [])
  }))
  nullable = false

  validation {
    condition = alltrue([for queue in var.queues : queue.dead_letter.count >= 2])
    error_message = format(
      "dead_letter.count must be at least 2; got %s.",
      jsonencode({ for key, queue in var.queues : key => queue.dead_letter.count if queue.dead_letter.count < 2 })
    )
  }
  validation {
    condition     = var.mode == "fifo" || !anytrue([for queue in var.queues : queue.fifo])
    error_message = "Only mode fifo has fifo queues."
  }
}
variable "retention_days" {
  type     = number
  default  = 4
  nullable = false

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 14
    error_message = "retention_days must be 1 to 14; got ${var.retention_days}."
  }
}
variable "networks" {
  type    = list(string)
  default = []

  validation {
    condition     = alltrue([for network in var.networks : can(cidrhost(network, 0))])
    error_message = "networks must be CIDR ranges; got ${jsonencode(var.networks)}."
  }
}
""",
    "modules/patterns/shop/outputs.tf": """\
output "queue_names" { value = module.queue.names }
""",
    "modules/messaging/queue/main.tf": """\
resource "aws_sqs_queue" "this" {
  for_each = var.queues

  name                       = "${var.name}-${each.key}"
  visibility_timeout_seconds = each.value.visibility
  message_retention_seconds  = var.retention_days * 86400
  kms_master_key_id          = var.key_arn
  tags                       = merge(var.tags, { Mode = var.mode })
}
""",
    MODULE: """\
variable "name" { type = string }
variable "tags" { type = map(string) }
variable "mode" { type = string }
variable "key_arn" { type = string }
variable "retention_days" { type = number }
variable "queues" {
  type = map(object({ visibility = number, dead_letter = object({ days = number }) }))

  validation {
    condition     = alltrue([for queue in var.queues : queue.visibility <= 43200])
    error_message = "visibility must be at most 43200 seconds; got ${jsonencode(values(var.queues)[0].visibility)}."
  }
}
""",
    "modules/messaging/queue/outputs.tf": """\
output "names" { value = [for queue in aws_sqs_queue.this : queue.name] }
""",
    "modules/security/key/main.tf": """\
variable "name" { type = string }
variable "tags" { type = map(string) }
variable "aliases" { type = set(string) }
resource "aws_kms_key" "this" { tags = var.tags }
resource "aws_kms_alias" "this" {
  for_each      = var.aliases
  name          = "alias/${var.name}-${each.key}"
  target_key_id = aws_kms_key.this.id
}
output "key_arn" { value = aws_kms_key.this.arn }
""",
}

_ENVIRONMENTS = {"dev": "111111111111", "prod": "333333333333"}


def unit_file(definition: str) -> str:
    """A unit's terragrunt.hcl."""
    return (
        'include "root" {\n  path = "${get_repo_root()}/terragrunt.hcl"\n}\n'
        f'include "unit" {{\n  path = "${{get_repo_root()}}/{definition}"\n}}\n'
    )


def environment_file(name: str) -> str:
    """An env.hcl."""
    return f"""\
locals {{
  project     = "acme"
  account_id  = "{_ENVIRONMENTS[name]}"
  size        = "small"
  owner       = "shop"
  cost_center = "cc-1"
  domain      = "{name}.example.com"
  state_lock  = "s3"
}}
"""


def files() -> dict[str, str]:
    """The whole tree: path and text."""
    found = dict(FILES)
    for name in _ENVIRONMENTS:
        found[f"live/{name}/env.hcl"] = environment_file(name)
        found[f"live/{name}/us-east-1/region.hcl"] = 'locals { azs = ["us-east-1a", "us-east-1b"] }\n'
        found[f"live/{name}/us-east-1/shop/queue/terragrunt.hcl"] = unit_file(DEFINITION)
        found[f"live/{name}/us-east-1/shop/queue/terraform.tfvars"] = FILES[TFVARS]
        found[f"live/{name}/us-east-1/platform/key/terragrunt.hcl"] = unit_file(KEY_DEFINITION)
    return found


def build(root: Path, changed: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the tree below *root* with some files changed, or left out where the new text is None."""
    for path, text in {**files(), **(changed or {})}.items():
        if text is None:
            continue
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def edited(path: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """The one file *path* with *old* replaced by *new*."""
    text = files()[path]
    assert old in text, f"{path} does not hold {old!r}"
    return {path: text.replace(old, new, 1)}
