# Starts Image Engine on Windows; the first start installs it. Not run: nobody has run this on Windows yet.
# For PowerShell 5 and newer; the same as run, which is for Linux and macOS.

$ErrorActionPreference = 'Stop'
$root = Split-Path -Parent $PSScriptRoot

# Ready when the recipe that the environment was installed from is still the same; install.py writes these bytes.
function Test-Ready([string] $environment) {
    $stamp = Join-Path $environment 'installed'
    $python = Join-Path $environment 'Scripts\python.exe'
    if (-not (Test-Path $stamp) -or -not (Test-Path $python)) { return $false }
    $recipe = "$root`n" + [IO.File]::ReadAllText("$root\pyproject.toml") + [IO.File]::ReadAllText("$root\installer\constraints.txt")
    return [IO.File]::ReadAllText($stamp) -ceq $recipe
}

# A Python from 3.11 to 3.14, as a command with its arguments.
function Find-Python {
    $ErrorActionPreference = 'SilentlyContinue'  # PowerShell 5 takes what a program says on stderr for an error
    foreach ($command in @('py', '-3.13'), @('py', '-3.12'), @('py', '-3.11'), @('py', '-3.14'), @(, 'python')) {
        if (-not (Get-Command $command[0] -ErrorAction SilentlyContinue)) { continue }
        $rest = @($command | Select-Object -Skip 1)
        & $command[0] @rest -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>$null
        if ($LASTEXITCODE -eq 0) { return $command }
    }
}

function Test-Writable([string] $folder) {
    try {
        $probe = Join-Path $folder ([Guid]::NewGuid())
        [IO.File]::WriteAllText($probe, '')
        [IO.File]::Delete($probe)
        return $true
    } catch [UnauthorizedAccessException], [IO.IOException] {
        return $false
    }
}

$environment = Join-Path $root '.venv'
if (-not (Test-Ready $environment) -and -not (Test-Writable $root)) {
    $name = $root -replace '[^A-Za-z0-9]', '_'
    $environment = Join-Path $env:LOCALAPPDATA "image-engine\Cache\environment-$name"
}
if (-not (Test-Ready $environment)) {
    $command = @(Find-Python)
    if (-not $command) {
        [Console]::Error.WriteLine('Image Engine needs Python 3.11 or newer, which was not found: ' +
            "install it with 'winget install Python.Python.3.13' and start again.")
        exit 1
    }
    $rest = @($command | Select-Object -Skip 1)
    & $command[0] @rest "$root\installer\install.py" $environment
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}
& (Join-Path $environment 'Scripts\python.exe') "$root\main.py" @args
exit $LASTEXITCODE
