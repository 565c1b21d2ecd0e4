# Who hears of orders stands in live/_units/bookstore/topics.hcl; an address of your own: subscribe it by hand and confirm.
