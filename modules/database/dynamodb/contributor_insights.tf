resource "aws_dynamodb_contributor_insights" "this" {
  count = var.contributor_insights ? 1 : 0

  table_name = aws_dynamodb_table.this.name
}
