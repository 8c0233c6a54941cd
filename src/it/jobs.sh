# Sourced by scripts that run several things side by side: whatever way the script ends, all that it started ends with it.
set -m # each background job is a process group of its own
running=()

# begin COMMAND...: in the background; its ID is in $begun.
begin() {
  "$@" </dev/null &
  begun=$!
  running+=("$begun")
}

# end ID: the job, and all that it has started.
end() {
  local tries
  kill -TERM -- "-$1" 2>/dev/null || true
  for tries in {1..100}; do
    kill -0 -- "-$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true # quietly: bash would tell of it otherwise
}

# Scripts may define at_the_end, for what is to be done when all jobs are gone.
leave() {
  set +em
  trap - EXIT
  trap '' INT TERM
  local each
  for each in ${running[@]+"${running[@]}"}; do
    end "$each"
  done
  if declare -F at_the_end >/dev/null; then at_the_end; fi
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
