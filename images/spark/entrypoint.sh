#!/usr/bin/env bash
# What Spark on Kubernetes expects of an image: `driver ARGUMENTS…` starts the driver of an application in client mode,
# `executor` starts an executor from the SPARK_* environment, anything else is run as it is.
set -euo pipefail

readonly SPARK_HOME="${SPARK_HOME:-/opt/spark}"
# Programs of seconds: compiling to the last degree would cost more time than it saves. SPARK_JVM_FLAGS='' switches it off.
readonly JVM_FLAGS="${SPARK_JVM_FLAGS--XX:TieredStopAtLevel=1}"
readonly EXECUTOR_CLASS=org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBackend

# Hadoop asks the system who it is, also where the platform picks a random user id.
name_current_user() {
  if ! getent passwd "$(id -u)" >/dev/null && [[ -w /etc/passwd ]]; then
    echo "spark:x:$(id -u):$(id -g):Spark:${SPARK_HOME}:/bin/false" >>/etc/passwd
  fi
}

# SPARK_JAVA_OPT_0, _1, … _10: one JVM option each, in the order of their numbers.
java_options() {
  compgen -A variable SPARK_JAVA_OPT_ | sort --field-separator=_ --key=4 --numeric-sort || true
}

class_path() {
  local entries=("${SPARK_CONF_DIR:-${SPARK_HOME}/conf}" "${HADOOP_CONF_DIR:-}" "${SPARK_EXTRA_CLASSPATH:-}")
  entries+=("${SPARK_HOME}/jars/*" "${SPARK_DIST_CLASSPATH:-}" "${PWD}")
  local joined='' entry
  for entry in "${entries[@]}"; do
    [[ -z "${entry}" ]] || joined="${joined:+${joined}:}${entry}"
  done
  echo "${joined}"
}

run_driver() {
  local address="${SPARK_DRIVER_BIND_ADDRESS:?the driver container names the address of its pod in it}"
  export SPARK_SUBMIT_OPTS="${JVM_FLAGS} ${SPARK_SUBMIT_OPTS:-}"
  exec tini -s -- "${SPARK_HOME}/bin/spark-submit" \
    --conf "spark.driver.bindAddress=${address}" \
    --conf "spark.executorEnv.SPARK_DRIVER_POD_IP=${address}" \
    --deploy-mode client "$@"
}

run_executor() {
  local options name
  read -ra options <<<"${JVM_FLAGS}"
  while read -r name; do
    [[ -z "${name}" ]] || options+=("${!name}")
  done < <(java_options)
  exec tini -s -- "${JAVA_HOME:+${JAVA_HOME}/bin/}java" \
    "${options[@]}" \
    "-Xms${SPARK_EXECUTOR_MEMORY}" "-Xmx${SPARK_EXECUTOR_MEMORY}" \
    -cp "$(class_path)" \
    "${EXECUTOR_CLASS}" \
    --driver-url "${SPARK_DRIVER_URL}" \
    --executor-id "${SPARK_EXECUTOR_ID}" \
    --cores "${SPARK_EXECUTOR_CORES}" \
    --app-id "${SPARK_APPLICATION_ID}" \
    --hostname "${SPARK_EXECUTOR_POD_IP}" \
    --resourceProfileId "${SPARK_RESOURCE_PROFILE_ID:-0}" \
    --podName "${SPARK_EXECUTOR_POD_NAME}"
}

name_current_user
case "${1:-}" in
  driver)
    shift
    run_driver "$@"
    ;;
  executor) run_executor ;;
  *) exec "$@" ;;
esac
