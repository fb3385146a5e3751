<?php
// php run.php: every case against verify.php. Ends with 1 where one of them comes out otherwise.

error_reporting(E_ALL & ~E_WARNING); // hostile input lacks fields; a plugin would log that
require __DIR__ . '/../verify.php';

function outcome(array $one): string
{
    try {
        $trust = Msif\trust_file(Msif\b64u($one['pinned']), $one['later'], $one['now']);
        [$register] = Msif\read_register($one['register'], $trust, $one['now'], $one['seen']);
        $body = Msif\b64u($one['document']);
        Msif\document($body, $one['section'], $one['locale'], $register, $one['sign_offs'], $trust);
    } catch (Msif\Refused $refused) {
        return $refused->getMessage();
    } catch (Throwable $error) {
        return 'no Refused: ' . $error->getMessage();
    }
    return 'accepted';
}

$cases = json_decode(file_get_contents(__DIR__ . '/cases.json'), true)['cases'];
$wrong = 0;
foreach ($cases as $one) {
    $came = outcome($one);
    if ($came !== $one['expect']) {
        $wrong++;
        echo "{$one['name']}: $came, not {$one['expect']}\n";
    }
}
echo count($cases) . " cases, $wrong wrong\n";
exit($wrong ? 1 : 0);
