@echo off
rem Border Cooperation Atlas: a double click makes its environment from the folder of wheels, without any network, and opens it in the browser.
rem The environment stands in the user's own folder, so that this one may be on a stick or on a share and cannot be written.
setlocal enableextensions
chcp 65001 >nul
pushd "%~dp0"
set PYTHONUTF8=1
set PYTHONDONTWRITEBYTECODE=1
set /p VERSION=<VERSION
for %%V in (3.13 3.12 3.11) do call :look %%V
if defined FOUND goto environment
type windows\no-python.txt
goto failed

:environment
if not defined LOCALAPPDATA set "LOCALAPPDATA=%TEMP%"
set "PLACE=%LOCALAPPDATA%\BorderCooperationAtlas\%VERSION%-%FOUND%"
if exist "%PLACE%\installed" goto start
type windows\first-time.txt
if exist "%PLACE%" rmdir /s /q "%PLACE%"
%PYTHON% -m venv "%PLACE%"
if errorlevel 1 goto not_made
"%PLACE%\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes --requirement "wheels\requirements-%FOUND%.txt"
if errorlevel 1 goto not_made
>"%PLACE%\installed" echo %VERSION%

:start
type windows\running.txt
"%PLACE%\Scripts\python.exe" -m streamlit run app.py --server.headless false
if errorlevel 1 goto failed
popd
exit /b 0

:not_made
type windows\not-made.txt
:failed
popd
pause
exit /b 1

:look
if defined FOUND exit /b
set "SUITS=import sys; sys.exit(sys.maxsize < 2**32 or '%1' != '%%d.%%d' %% sys.version_info[:2])"
py -%1 -c "%SUITS%" >nul 2>nul
if errorlevel 1 goto without_launcher
set "PYTHON=py -%1"
set "FOUND=%1"
exit /b
:without_launcher
python -c "%SUITS%" >nul 2>nul
if errorlevel 1 exit /b
set "PYTHON=python"
set "FOUND=%1"
exit /b
