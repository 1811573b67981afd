# shellcheck shell=sh disable=SC2034,SC2154  # root comes from the script that reads this, python goes back to it
# Read by run, test and uninstall, which set root: finds the private environment of this checkout, or has it made.
#
# The environment is ready when it holds the recipe that it was installed from, and the recipe is still the same: the
# checkout's place, pyproject.toml and the constraints. That is asked with no Python started, in a few milliseconds.
# All that is said goes to stderr, because stdout belongs to the program.

unset PYTHONHOME  # it would lead the environment's Python away from the environment

# prepare EXTRA: sets python to the environment's. EXTRA: "" or an extra of pyproject.toml that has to be in it.
prepare() {
    environment=$root/.venv
    if ! is_ready "$environment" "$1"; then
        [ -w "$root" ] || environment=$(environment_elsewhere)
        is_ready "$environment" "$1" || make_environment "$1"
    fi
    python=$environment/bin/python
}

is_ready() {
    [ -x "$1/bin/python" ] && recipe | cmp -s - "$1/installed${2:+-$2}"
}

recipe() {  # the same bytes as in install.py
    printf '%s\n' "$root"
    cat -- "$root/pyproject.toml" "$root/installer/constraints.txt"
}

environment_elsewhere() {  # for a checkout that cannot be written to
    printf '%s\n' "$(cache_folder)/environment-$(printf %s "$root" | cksum | cut -d ' ' -f 1)"
}

cache_folder() {  # of this program and user, for a checkout that cannot be written to
    case $(uname -s) in
        Darwin) printf '%s\n' "$HOME/Library/Caches/image-engine" ;;
        *) printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/image-engine" ;;
    esac
}

make_environment() {
    base=$(find_python) || base=$(install_python) || stop "Image Engine needs Python 3.11 or newer, which was not found: \
install it with '$(python_command)', or from python.org/downloads where that gives an older one, and start again."
    has_all_modules "$base" || "$root/installer/apt" "$(venv_package "$base")" || stop "$base lacks the modules that make an \
environment: install them with 'sudo apt-get install $(venv_package "$base")' and start again."
    "$base" "$root/installer/install.py" "$environment" --extra "$1" </dev/null >&2
}

# The system's own Python comes first: its security updates come with the system's. Versions that the exact versions in
# constraints.txt were tried with go before newer ones.
find_python() {
    for name in python3 python3.13 python3.12 python3.11 python3.14; do
        supported "$name" 14 && return
    done
    supported python3 99
}

# supported NAME HIGHEST: prints where NAME really is, if it is Python 3.11 to 3.HIGHEST. The real file, since an environment
# that leads to "python3" would break unnoticed on the day the system's Python becomes another one.
supported() {
    "$1" -c 'import os, sys
if not (3, 11) <= sys.version_info[:2] <= (3, int(sys.argv[1])):
    sys.exit(1)
print(os.path.realpath(sys.executable))' "$2" 2>/dev/null
}

has_all_modules() {  # Debian keeps some of Python's own modules in packages apart
    "$1" -c 'import ctypes, ensurepip, venv' 2>/dev/null
}

venv_package() {
    "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

install_python() {
    for name in python3 python3.13 python3.12 python3.11; do  # older Debians and Ubuntus offer a newer one by its number
        "$root/installer/apt" "$name" "$name-venv" && find_python && return
    done
    return 1
}

python_command() {
    for pair in "apt-get:install python3 python3-venv" "dnf:install python3" "zypper:install python313" "pacman:-S python"; do
        command -v "${pair%%:*}" >/dev/null && echo "sudo ${pair%%:*} ${pair#*:}" && return
    done
    echo "brew install python@3.13"
}

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}
