price_class = "PriceClass_200" # Europe, the Americas and Asia: where the customers are
