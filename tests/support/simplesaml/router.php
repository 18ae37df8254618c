<?php
// PHP's own server knows no PATH_INFO after a script's name; SimpleSAMLphp's modules need it.
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$www = '/usr/share/simplesamlphp/www';
if (preg_match('#^(/[^.]*\.php)(/.*)?$#', $path, $parts) && is_file($www . $parts[1])) {
    $_SERVER['SCRIPT_NAME'] = $parts[1];
    $_SERVER['PHP_SELF'] = $path;
    $_SERVER['PATH_INFO'] = $parts[2] ?? '';
    $_SERVER['SCRIPT_FILENAME'] = $www . $parts[1];
    chdir(dirname($www . $parts[1]));
    require $www . $parts[1];
    return true;
}
http_response_code(404);
