resource "aws_cloudwatch_query_definition" "this" {
  for_each = var.queries

  # The console shows what stands before a slash as a folder.
  name            = "${var.name}/${each.key}"
  log_group_names = sort(each.value.log_group_names)
  query_string    = each.value.query
}
