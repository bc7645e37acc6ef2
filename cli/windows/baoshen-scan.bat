@echo off
rem The monthly scan. Set the four values below; run by hand or by the task beside this file.
rem Leaves with the exit code of baoshen-audit: 0 done, 2 wrong call, 3 not completed.
setlocal
chcp 65001 >nul
set "PYTHONUTF8=1"
if not defined BAOSHEN_REGION set "BAOSHEN_REGION=320413"
if not defined BAOSHEN_INBOX set "BAOSHEN_INBOX=D:\baoshen\inbox"
if not defined BAOSHEN_OUT set "BAOSHEN_OUT=D:\baoshen\out"
rem the month before this one, unless BAOSHEN_MONTH says another
if not defined BAOSHEN_MONTH for /f %%m in ('powershell -NoProfile -Command "(Get-Date).AddMonths(-1).ToString('yyyy-MM')"') do set "BAOSHEN_MONTH=%%m"
if not exist "%BAOSHEN_OUT%" mkdir "%BAOSHEN_OUT%"
baoshen-audit scan "%BAOSHEN_INBOX%" --region %BAOSHEN_REGION% --as-of %BAOSHEN_MONTH% -o "%BAOSHEN_OUT%\casework-%BAOSHEN_MONTH%.xlsx" -o "%BAOSHEN_OUT%\findings-%BAOSHEN_MONTH%.json" >"%BAOSHEN_OUT%\scan-%BAOSHEN_MONTH%.txt" 2>"%BAOSHEN_OUT%\scan-%BAOSHEN_MONTH%.log"
exit /b %ERRORLEVEL%
