<?php
// Tells, without trusting the hub, whether a text was approved and is in force. See README.md. Needs openssl and sodium.
//
//   $trust = Msif\trust_file($pinned, $later, $now);              // the bytes you pinned; JSON of /v1/trust/2, 3, ...
//   [$register, $seen] = Msif\read_register($jws, $trust, $now, $seen);  // keep $seen for the next time; [] at first
//   $text = Msif\document($body, 'risks', 'fr', $register, $signOffs, $trust);  // JSON of /v1/sign-offs/..., a list
//
// JSON is decoded to arrays. What is returned holds. Whatever is wrong, or cannot be read, throws Refused with a code.

namespace Msif;

class Refused extends \Exception {}

function need(mixed $holds, string $code): void { if (!$holds) throw new Refused($code); }
function refusal(\Throwable $error, string $code): Refused { return $error instanceof Refused ? $error : new Refused($code); }
function json(string $bytes): array { return json_decode($bytes, true, 512, JSON_THROW_ON_ERROR); }
function b64u(string $text): string { return (string) base64_decode(strtr($text, '-_', '+/'), true); }

function seconds(string $time): int { return \DateTimeImmutable::createFromFormat('Y-m-d\TH:i:sp', $time)->getTimestamp(); }

function require_signed(array $key, string $signature, string $data): void { // the key says how, never the message
    $pem = "-----BEGIN PUBLIC KEY-----\n{$key['spki']}\n-----END PUBLIC KEY-----";
    $curve = openssl_pkey_get_details(openssl_pkey_get_public($pem))['ec']['curve_name'] ?? 'none';
    $holds = [$key['alg'], $curve] === ['ES256', 'prime256v1'] && openssl_verify($data, $signature, $pem, 'sha256') === 1;
    $plain = $key['alg'] === 'Ed25519' && str_starts_with($key['spki'], 'MCowBQYDK2VwAyEA') ? substr(b64u($key['spki']), -32) : '';
    if (!$holds && !($plain && sodium_crypto_sign_verify_detached($signature, $data, $plain))) throw new \Exception('signature');
}

function approved_by(array $one, string $statement, array $trust, array $people): string {
    [$block, $answer] = [b64u($one['block']), $one['credential']['response']];
    [$client, $data] = [b64u($answer['clientDataJSON']), b64u($answer['authenticatorData'])];
    [$said, $asked, $hash] = [json($block), json($client), hash('sha256', $block, true)];
    need([$said['kind'], $said['meaning'], $said['statement']] === ['msif.signature/1', 'approval', hash('sha256', $statement)], 'other');
    need(in_array($said['person'], $people, true) && [$asked['type'], b64u($asked['challenge'])] === ['webauthn.get', $hash], 'challenge');
    need(in_array($asked['origin'], $trust['origins'], true) && ($asked['crossOrigin'] ?? 0) !== true, 'origin');
    need(substr($data, 0, 32) === hash('sha256', $trust['rp_id'], true) && (ord($data[32]) & 5) === 5, 'user');
    $key = $trust['people'][$said['person']]['keys'][$one['credential']['id']];
    require_signed($key, b64u($answer['signature']), $data . hash('sha256', $client, true));
    return $said['person'];
}

function require_quorum(string $statement, array $signatures, array $trust, string $name): void {
    [$found, $role] = [[], $trust['roles'][$name]];
    foreach ($signatures as $one) { // what cannot be read counts for nothing
        try { $found[] = approved_by($one, $statement, $trust, $role['people']); } catch (\Throwable) {}
    }
    need(count(array_unique($found)) >= max(1, $role['threshold'] ?? INF), 'quorum'); // people, not keys
}

function trust_file(string $pinned, array $later, string $now): array { try {
    [$body, $trust] = [$pinned, json($pinned)];
    need([$trust['kind'], $trust['version']] === ['msif.trust/1', 1], 'trust-kind');
    foreach ($later as $envelope) {
        [$old, $before, $body, $trust] = [$trust, hash('sha256', $body), b64u($envelope['statement']), json(b64u($envelope['statement']))];
        need([$trust['kind'], $trust['version'], $trust['previous']] === ['msif.trust/1', $old['version'] + 1, $before], 'order');
        foreach ([$old, $trust] as $board) require_quorum($body, $envelope['signatures'], $board, 'board');
    }
    need(seconds($now) < seconds($trust['expires']), 'trust-expired');
    return ['sha256' => hash('sha256', $body)] + $trust;
} catch (\Throwable $error) { throw refusal($error, 'unreadable'); } }

function read_register(string $jws, array $trust, string $now, array $seen): array { try {
    [$head, $payload, $signature] = explode('.', $jws);
    [$header, $told, $sent, $versions] = [json(b64u($head)), json(b64u($payload)), b64u($signature), $seen['versions'] ?? []];
    try { require_signed($trust['registrars'][$header['kid']], $sent, "$head.$payload"); }
    catch (\Throwable $error) { throw refusal($error, 'register-key'); }
    need([$header['typ'], $told['kind'], $told['trust']] === ['msif-register+jws', 'msif.register/1', $trust['version']], 'register-trust');
    need(seconds($now) < seconds($told['expires']), 'register-expired');
    need(seconds($told['expires']) - seconds($told['issued']) <= 72 * 3600, 'register-expires');
    need(($seen['trust'] ?? 0) !== $trust['version'] || $told['seq'] >= $seen['seq'], 'register-older');
    $there = array_column(array_map(fn ($e) => ["{$e['section']}/{$e['locale']}", $e['version']], $told['entries']), 1, 0);
    foreach ($there as $place => $version) need($version >= ($versions[$place] ?? 0), 'version-older');
    return [$told, ['trust' => $trust['version'], 'seq' => $told['seq'], 'versions' => $there + $versions]];
} catch (\Throwable $error) { throw refusal($error, 'unreadable'); } }

// $named: which sign-off has to be the one for this text, for its source and so on; null: any.
function signed_off(string $sha, array $named, array $signOffs, array $trust): array {
    $found = [];
    foreach ($named ? $signOffs : [] as $one) {
        if (!in_array($named[0], [null, hash('sha256', b64u($one['statement']))], true)) continue;
        foreach (json(b64u($one['statement']))['items'] as $item) if ($item['sha256'] === $sha) $found[] = [$one, $item];
    }
    need($found, 'not-signed-off');
    [[$one, $item], $statement] = [$found[0], b64u($found[0][0]['statement'])];
    [$told, $role] = [json($statement), $item['source'] ? "language-reviewer:{$item['locale']}" : 'board'];
    need($told['kind'] === 'msif.sign-off/1' && in_array($told['role'], ['board', $role], true), 'role');
    if (!in_array(hash('sha256', $statement), $trust['honours'], true)) {
        need([$told['trust']['version'], $told['trust']['sha256']] === [$trust['version'], $trust['sha256']], 'other-trust');
        require_quorum($statement, $one['signatures'], $trust, $told['role']);
    }
    if ($item['source']) signed_off($item['source'], array_slice($named, 1), $signOffs, $trust);
    return $item;
}

function document(string $body, string $section, string $locale, array $register, array $signOffs, array $trust): array { try {
    $isHere = fn ($one) => [$one['section'], $one['locale']] === [$section, $locale];
    $here = array_values(array_filter($register['entries'], $isHere));
    need(count($here) === 1, $register['scope'] === 'all' ? 'not-in-force' : 'unknown-here');
    [$entry, $source] = [$here[0], $here[0]['source'] ?? ['sha256' => null, 'sign_off' => null]];
    need(in_array($entry['state'], ['current', 'outdated', 'review-due'], true), 'withdrawn');
    need(hash('sha256', $body) === $entry['sha256'], 'bytes-changed');
    $item = signed_off($entry['sha256'], [$entry['sign_off'], $source['sign_off'], null, null], $signOffs, $trust);
    [$text, $fits] = [json($body), fn ($one) => $isHere($one) && $one['version'] === $entry['version']];
    need($text['kind'] === 'msif.section/1' && $fits($text) && $fits($item), 'other-place');
    need([$text['translation_of']['sha256'] ?? null, $source['sha256']] === [$item['source'], $item['source']], 'other-source');
    return $text;
} catch (\Throwable $error) { throw refusal($error, 'unreadable'); } }
