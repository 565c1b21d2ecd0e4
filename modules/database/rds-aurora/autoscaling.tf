resource "aws_appautoscaling_target" "readers" {
  count = var.reader_autoscaling == null ? 0 : 1

  service_namespace  = "rds"
  resource_id        = "cluster:${aws_rds_cluster.this.cluster_identifier}"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  min_capacity       = var.reader_autoscaling.minimum
  max_capacity       = var.reader_autoscaling.maximum
  tags               = var.tags
}

resource "aws_appautoscaling_policy" "readers" {
  count = var.reader_autoscaling == null ? 0 : 1

  name               = "${var.name}-readers"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "rds"
  resource_id        = aws_appautoscaling_target.readers[0].resource_id
  scalable_dimension = aws_appautoscaling_target.readers[0].scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = var.reader_autoscaling.cpu_percent

    predefined_metric_specification {
      predefined_metric_type = "RDSReaderAverageCPUUtilization"
    }
  }
}
