deletion_protection = false # dev may be thrown away
