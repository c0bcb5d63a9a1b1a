# Read by scripts that stand at the top of the project.

# Python tools in a folder of their own under target/, as a file in local/aws pins them; installed again when it changes.
tools() {
  installer
  if ! installed "$@"; then
    python3 -m venv --clear --without-pip "target/$1"
    target/uv/bin/uv pip install --quiet --native-tls --python "target/$1/bin/python" -r "local/aws/$2"
    cp "local/aws/$2" "target/$1/requirements.txt"
  fi
}

# uv, which takes a fifth of the time that pip takes.
installer() {
  if ! installed uv requirements-uv.txt; then
    python3 -m venv --clear target/uv
    target/uv/bin/pip install --quiet --disable-pip-version-check -r local/aws/requirements-uv.txt
    cp local/aws/requirements-uv.txt target/uv/requirements.txt
  fi
}

installed() { cmp --quiet "local/aws/$2" "target/$1/requirements.txt"; }
