# A day is a partition that Athena works out for itself (partition projection): nobody adds partitions, and a query for a
# day reads that day's files: https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
resource "aws_glue_catalog_table" "this" {
  for_each = var.tables

  name          = each.key
  database_name = aws_glue_catalog_database.this.name
  description   = each.value.description
  table_type    = "EXTERNAL_TABLE"

  parameters = {
    "EXTERNAL"                     = "TRUE"
    "projection.enabled"           = "true"
    "projection.day.type"          = "date"
    "projection.day.format"        = "yyyy/MM/dd"
    "projection.day.range"         = "${each.value.first_day},NOW"
    "projection.day.interval"      = "1"
    "projection.day.interval.unit" = "DAYS"
    "storage.location.template"    = "${each.value.location}$${day}/"
  }

  partition_keys {
    name = "day"
    type = "string"
  }

  storage_descriptor {
    location      = each.value.location
    input_format  = local.formats[each.value.kind].input
    output_format = local.formats[each.value.kind].output

    ser_de_info {
      serialization_library = local.formats[each.value.kind].library
      parameters            = local.formats[each.value.kind].parameters
    }

    dynamic "columns" {
      for_each = each.value.kind == "json" ? [for name, type in each.value.columns : { name = name, type = type }] : local.formats[each.value.kind].columns

      content {
        name = columns.value.name
        type = columns.value.type
      }
    }
  }
}
