flags = {
  similar-books = {
    description = "Shows books that others bought too; counts as won when more orders have two books."
    enabled     = true
    attributes  = { percent = "10", measure = "orders with two books or more" }
  }
  one-page-checkout = { description = "Everything about an order on one page.", enabled = false }
}

rollout = { minutes = 30, step_percent = 10, watched_minutes = 30 }
