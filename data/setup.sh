# What data/run, tests/run and .ci/run share: the packages, the build, a display of one's own.
# shellcheck shell=bash disable=SC2034
#
# BACKSTAY_BUILD          the build folder, _build at the top of the repository unless given
# BACKSTAY_MESON_OPTIONS  options for meson setup, when that folder is made

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=${BACKSTAY_BUILD:-_build}
[[ $build == /* ]] || build=$top/$build

# The names are Debian 12's.
build_packages=(
  meson ninja-build gcc libc6-dev pkg-config gettext
  libgtk-4-dev libadwaita-1-dev libgtksourceview-5-dev libjson-glib-dev libpq-dev libsecret-1-dev
  libxml2-utils desktop-file-utils appstream
)
run_packages=(postgresql adwaita-icon-theme librsvg2-common fonts-cantarell)
display_packages=(xvfb xauth)
test_packages=(dbus-daemon python3-jsonpatch python3-psycopg2 groff-base openssl pgbouncer gnome-keyring)

die() {
  echo "$0: $*" >&2
  exit 1
}

# Installs those of the packages that are missing. Where there is no dpkg, meson tells what is.
ensure_packages() {
  local installed missing=() sudo=() package
  command -v dpkg-query >/dev/null || return 0

  installed=" $(dpkg-query -W -f '${Package}=${db:Status-Status} ' "$@" 2>/dev/null || true)"
  for package; do
    [[ $installed == *" $package=installed "* ]] || missing+=("$package")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0

  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null ||
      die "packages are missing; as root: apt-get install --no-install-recommends ${missing[*]}"
    sudo=(sudo)
  fi
  echo "Installing with ${sudo:+sudo }apt-get: ${missing[*]}" >&2

  # Backstay starts servers of its own. A machine that knows no PostgreSQL yet gets the programs
  # alone, without the server that Debian would set up and keep running.
  if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common ]]; then
    echo "No server is set up: see /etc/postgresql-common/createcluster.conf" >&2
    "${sudo[@]}" mkdir -p /etc/postgresql-common
    echo 'create_main_cluster = false' |
      "${sudo[@]}" tee /etc/postgresql-common/createcluster.conf >/dev/null
  fi

  "${sudo[@]}" apt-get -qq update >&2 || true
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
    install --no-install-recommends "${missing[@]}" </dev/null >&2
}

# Sets the build folder up where it is not, and compiles.
build_project() {
  local options
  [[ ! -e $build || -O $build ]] ||
    die "$build belongs to $(stat -c %U "$build"), and you are $(id -un): remove it, or set BACKSTAY_BUILD to another folder"

  if [[ ! -f $build/build.ninja ]]; then
    read -ra options <<<"${BACKSTAY_MESON_OPTIONS:-}"
    meson setup "$build" "$top" "${options[@]}" >&2
  fi
  ninja --quiet -C "$build" >&2
}

# What lets the program run from the build folder.
export_uninstalled() {
  export GSETTINGS_SCHEMA_DIR=$build/data
  export XDG_DATA_DIRS=$top/data:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
}

# Starts an X server that only this script's programs can reach, and cuts them off from the
# session of the user, if there is one. Both end with the script. Sets $scratch, a folder.
own_display() {
  local cookie number
  scratch=$(mktemp -d)
  trap '{ kill "${xvfb:-}" && wait "$xvfb"; } 2>/dev/null || true; rm -rf "$scratch"' EXIT

  cookie=$(mcookie)
  export XAUTHORITY=$scratch/xauthority
  touch "$XAUTHORITY"
  xauth -q add :0 . "$cookie"
  mkfifo "$scratch/display"
  setpriv --pdeathsig TERM Xvfb -displayfd 3 -auth "$XAUTHORITY" -screen 0 1600x1200x24 \
    -nolisten tcp -noreset 3>"$scratch/display" 2>"$scratch/xvfb.log" &
  xvfb=$!
  read -r -t 60 number <"$scratch/display" || die "Xvfb did not start: $(cat "$scratch/xvfb.log")"
  xauth -q add ":$number" . "$cookie"

  unset WAYLAND_DISPLAY
  export DISPLAY=:$number GDK_BACKEND=x11 GDK_DEBUG=gl-disable GSK_RENDERER=cairo GTK_A11Y=none
  export DBUS_SESSION_BUS_ADDRESS=disabled: GSETTINGS_BACKEND=memory
}
