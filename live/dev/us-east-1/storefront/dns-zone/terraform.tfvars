destroy_records_too = true # dev may be thrown away, with what was entered by hand
