archive = { retention_days = 30 }

# The warehouse has an account of its own and tells us here what it sent; only that, and only under its own name.
policy_statements = {
  Warehouse = { account_ids = ["444444444444"], sources = ["acme.warehouse"], detail_types = ["OrderShipped"] }
}
