flags = {
  similar-books = {
    description = "Shows books that others bought too; counts as won when more orders have two books."
    enabled     = true
    attributes  = { percent = "50", measure = "orders with two books or more" }
  }
  one-page-checkout = { description = "Everything about an order on one page.", enabled = true }
}

rollout = { minutes = 0, step_percent = 100, watched_minutes = 0 } # at once: only we look at it
