destroy_instances_too = true # dev may be thrown away
