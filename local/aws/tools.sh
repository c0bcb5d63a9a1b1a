# Read by scripts that stand at the top of the project.

# Python tools in a folder of their own under target/, as a file in local/aws pins them; installed again when it changes.
tools() {
  local folder=target/$1 pinned=local/aws/$2
  if ! cmp --quiet "$pinned" "$folder/requirements.txt"; then
    python3 -m venv --clear "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$pinned"
    cp "$pinned" "$folder/requirements.txt"
  fi
}
