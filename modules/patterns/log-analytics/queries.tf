locals {
  # The day before is whole. Parquet files of CloudFront hold text only, so figures are cast.
  _day = "day = date_format(current_date - interval '1' day, '%Y/%m/%d')"

  _load_balancer_queries = merge([
    for key in keys(var.load_balancer_prefixes) : {
      "${key}-errors" = {
        description = "Yesterday's failed requests to ${key}, by path and by who failed: the balancer or the service behind it"
        sql         = <<-SQL
          SELECT elb_status_code, target_status_code, request_verb, url_extract_path(request_url) AS path, count(*) AS requests
          FROM ${key} WHERE ${local._day} AND elb_status_code >= 500
          GROUP BY 1, 2, 3, 4 ORDER BY requests DESC LIMIT 50
        SQL
      }
      "${key}-slowest" = {
        description = "Yesterday's slowest paths of ${key}: the time that one request in twenty took"
        sql         = <<-SQL
          SELECT request_verb, url_extract_path(request_url) AS path, count(*) AS requests, approx_percentile(target_processing_time, 0.95) AS seconds
          FROM ${key} WHERE ${local._day} AND target_processing_time >= 0
          GROUP BY 1, 2 ORDER BY seconds DESC LIMIT 50
        SQL
      }
      "${key}-callers" = {
        description = "Yesterday's busiest addresses of ${key}, and how often each was refused"
        sql         = <<-SQL
          SELECT client_ip, count(*) AS requests, count_if(elb_status_code BETWEEN 400 AND 499) AS refused
          FROM ${key} WHERE ${local._day}
          GROUP BY 1 ORDER BY requests DESC LIMIT 50
        SQL
      }
    }
  ]...)

  _distribution_queries = merge([
    for key in keys(var.distributions) : {
      "${key}-errors" = {
        description = "Yesterday's failed requests to ${key}, by path"
        sql         = <<-SQL
          SELECT sc_status, cs_method, cs_uri_stem, count(*) AS requests
          FROM ${key} WHERE ${local._day} AND try_cast(sc_status AS integer) >= 400
          GROUP BY 1, 2, 3 ORDER BY requests DESC LIMIT 50
        SQL
      }
      "${key}-cache" = {
        description = "How much of yesterday's traffic of ${key} came from the cache, and how much of it was sent"
        sql         = <<-SQL
          SELECT x_edge_result_type, count(*) AS requests, sum(try_cast(sc_bytes AS bigint)) AS bytes
          FROM ${key} WHERE ${local._day}
          GROUP BY 1 ORDER BY requests DESC
        SQL
      }
    }
  ]...)

  queries = merge(local._load_balancer_queries, local._distribution_queries)
}
