locals {
  _text_output = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"

  # https://docs.aws.amazon.com/athena/latest/ug/create-alb-access-logs-table-partition-projection.html
  _alb_columns = [
    "type string", "time string", "elb string", "client_ip string", "client_port int", "target_ip string", "target_port int",
    "request_processing_time double", "target_processing_time double", "response_processing_time double",
    "elb_status_code int", "target_status_code string", "received_bytes bigint", "sent_bytes bigint", "request_verb string",
    "request_url string", "request_proto string", "user_agent string", "ssl_cipher string", "ssl_protocol string",
    "target_group_arn string", "trace_id string", "domain_name string", "chosen_cert_arn string",
    "matched_rule_priority string", "request_creation_time string", "actions_executed string", "redirect_url string",
    "lambda_error_reason string", "target_port_list string", "target_status_code_list string", "classification string",
    "classification_reason string", "conn_trace_id string",
  ]
  _alb_regex = join(" ", [
    "([^ ]*) ([^ ]*) ([^ ]*) ([^ ]*):([0-9]*) ([^ ]*)[:-]([0-9]*) ([-.0-9]*) ([-.0-9]*) ([-.0-9]*) (|[-0-9]*) (-|[-0-9]*)",
    "([-0-9]*) ([-0-9]*) \"([^ ]*) (.*) (- |[^ ]*)\" \"([^\"]*)\" ([A-Z0-9-_]+) ([A-Za-z0-9.-]*) ([^ ]*) \"([^\"]*)\"",
    "\"([^\"]*)\" \"([^\"]*)\" ([-.0-9]*) ([^ ]*) \"([^\"]*)\" \"([^\"]*)\" \"([^ ]*)\" \"([^\\s]+?)\" \"([^\\s]+)\"",
    "\"([^ ]*)\" \"([^ ]*)\" ?([^ ]*)?( .*)?",
  ])

  # https://docs.aws.amazon.com/athena/latest/ug/create-cloudfront-table-partition-parquet.html
  _cloudfront_columns = [
    for name in [
      "date", "time", "x_edge_location", "sc_bytes", "c_ip", "cs_method", "cs_host", "cs_uri_stem", "sc_status",
      "cs_referer", "cs_user_agent", "cs_uri_query", "cs_cookie", "x_edge_result_type", "x_edge_request_id",
      "x_host_header", "cs_protocol", "cs_bytes", "time_taken", "x_forwarded_for", "ssl_protocol", "ssl_cipher",
      "x_edge_response_result_type", "cs_protocol_version", "fle_status", "fle_encrypted_fields", "c_port",
      "time_to_first_byte", "x_edge_detailed_result_type", "sc_content_type", "sc_content_len", "sc_range_start",
      "sc_range_end",
    ] : "${name} string"
  ]

  # https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
  _cloudtrail_columns = [
    "eventversion string",
    "useridentity struct<type:string,principalid:string,arn:string,accountid:string,invokedby:string,accesskeyid:string,username:string,sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:struct<type:string,principalid:string,arn:string,accountid:string,username:string>>>",
    "eventtime string", "eventsource string", "eventname string", "awsregion string", "sourceipaddress string",
    "useragent string", "errorcode string", "errormessage string", "requestparameters string", "responseelements string",
    "additionaleventdata string", "requestid string", "eventid string", "readonly string",
    "resources array<struct<arn:string,accountid:string,type:string>>", "eventtype string", "apiversion string",
    "recipientaccountid string", "serviceeventdetails string", "sharedeventid string", "vpcendpointid string",
  ]

  _columns = {
    alb        = local._alb_columns
    cloudfront = local._cloudfront_columns
    cloudtrail = local._cloudtrail_columns
    json       = []
  }

  _readers = {
    alb = {
      input      = "org.apache.hadoop.mapred.TextInputFormat"
      output     = local._text_output
      library    = "org.apache.hadoop.hive.serde2.RegexSerDe"
      parameters = { "serialization.format" = "1", "input.regex" = local._alb_regex }
    }
    cloudfront = {
      input      = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
      output     = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
      library    = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
      parameters = { "serialization.format" = "1" }
    }
    cloudtrail = {
      input      = "com.amazon.emr.cloudtrail.CloudTrailInputFormat"
      output     = local._text_output
      library    = "org.apache.hive.hcatalog.data.JsonSerDe"
      parameters = { "serialization.format" = "1" }
    }
    json = {
      input      = "org.apache.hadoop.mapred.TextInputFormat"
      output     = local._text_output
      library    = "org.openx.data.jsonserde.JsonSerDe"
      parameters = { "serialization.format" = "1", "ignore.malformed.json" = "true" }
    }
  }

  formats = {
    for kind, reader in local._readers : kind => merge(reader, {
      columns = [for column in local._columns[kind] : { name = split(" ", column)[0], type = split(" ", column)[1] }]
    })
  }
}
