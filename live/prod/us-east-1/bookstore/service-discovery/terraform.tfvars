destroy_instances_too = false
