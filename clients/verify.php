<?php
// Tells, without trusting the hub, whether a text was approved and is in force. See README.md. Needs openssl and sodium.
//
//   $trust = Msif\trust_file($pinned, $later, $now);              // the bytes you pinned; JSON of /v1/trust/2, 3, ...
//   [$register, $seen] = Msif\read_register($jws, $trust, $now, $seen);  // keep $seen for the next time; [] at first
//   $text = Msif\document($body, 'risks', 'fr', $register, $signOffs, $trust);  // JSON of /v1/sign-offs/..., a list
//
// JSON is decoded to arrays. What is returned holds. Whatever is wrong throws: Refused with a code, or another error.

namespace Msif;

class Refused extends \Exception {}

function need(mixed $holds, string $code): void { if (!$holds) throw new Refused($code); }
function json(string $bytes): array { return json_decode($bytes, true, 512, JSON_THROW_ON_ERROR); }
function b64u(string $text): string { return (string) base64_decode(strtr($text, '-_', '+/'), true); }

function require_signed(array $key, string $signature, string $data): void { // the key says how, never the message
    $pem = "-----BEGIN PUBLIC KEY-----\n{$key['spki']}\n-----END PUBLIC KEY-----";
    $curve = openssl_pkey_get_details(openssl_pkey_get_public($pem))['ec']['curve_name'] ?? 'none';
    $holds = [$key['alg'], $curve] === ['ES256', 'prime256v1'] && openssl_verify($data, $signature, $pem, 'sha256') === 1;
    $plain = $key['alg'] === 'Ed25519' ? substr(b64u($key['spki']), -32) : '';
    need($holds || ($plain && sodium_crypto_sign_verify_detached($signature, $data, $plain)), 'signature');
}

function approved_by(array $one, string $statement, array $trust, array $people): string {
    [$block, $answer] = [b64u($one['block']), $one['credential']['response']];
    [$client, $data] = [b64u($answer['clientDataJSON']), b64u($answer['authenticatorData'])];
    [$said, $asked, $hash] = [json($block), json($client), hash('sha256', $block, true)];
    $about = [$said['kind'], $said['meaning'], $said['statement'] === hash('sha256', $statement)];
    need($about === ['msif.signature/1', 'approval', true] && in_array($said['person'], $people, true), 'other');
    need([$asked['type'], b64u($asked['challenge'])] === ['webauthn.get', $hash], 'challenge');
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

function trust_file(string $pinned, array $later, string $now): array {
    [$body, $trust] = [$pinned, json($pinned)];
    need([$trust['kind'], $trust['version']] === ['msif.trust/1', 1], 'trust-kind');
    foreach ($later as $envelope) {
        [$old, $before, $body] = [$trust, hash('sha256', $body), b64u($envelope['statement'])];
        $trust = json($body);
        $order = ['msif.trust/1', $old['version'] + 1, $before];
        need([$trust['kind'], $trust['version'], $trust['previous']] === $order, 'order');
        foreach ([$old, $trust] as $board) require_quorum($body, $envelope['signatures'], $board, 'board');
    }
    need($now < $trust['expires'], 'trust-expired');
    return ['sha256' => hash('sha256', $body)] + $trust;
}

function read_register(string $jws, array $trust, string $now, array $seen): array {
    [$head, $payload, $signature] = explode('.', $jws);
    [$header, $told, $versions] = [json(b64u($head)), json(b64u($payload)), $seen['versions'] ?? []];
    need(isset($trust['registrars'][$header['kid']]) && $header['typ'] === 'msif-register+jws', 'register-key');
    require_signed($trust['registrars'][$header['kid']], b64u($signature), "$head.$payload");
    need([$told['kind'], $told['trust']] === ['msif.register/1', $trust['version']], 'register-trust');
    need($now < $told['expires'], 'register-expired');
    need(($seen['trust'] ?? 0) !== $trust['version'] || $told['seq'] >= $seen['seq'], 'register-older');
    $there = array_column(array_map(fn ($e) => ["{$e['section']}/{$e['locale']}", $e['version']], $told['entries']), 1, 0);
    foreach ($there as $place => $version) need($version >= ($versions[$place] ?? 0), 'version-older');
    return [$told, ['trust' => $trust['version'], 'seq' => $told['seq'], 'versions' => $there + $versions]];
}

function signed_off(string $sha, array $signOffs, array $trust, int $depth = 4): array {
    $told = array_map(fn ($one) => json(b64u($one['statement'])), $signOffs);
    $at = array_filter(array_keys($told), fn ($n) => in_array($sha, array_column($told[$n]['items'], 'sha256'), true));
    need($at && $depth, 'not-signed-off');
    [$told, $statement, $signatures] = [$told[min($at)], b64u($signOffs[min($at)]['statement']), $signOffs[min($at)]['signatures']];
    $item = $told['items'][array_search($sha, array_column($told['items'], 'sha256'), true)];
    $role = $item['source'] ? "language-reviewer:{$item['locale']}" : 'board';
    need($told['kind'] === 'msif.sign-off/1' && in_array($told['role'], ['board', $role], true), 'role');
    $honoured = in_array(hash('sha256', $statement), $trust['honours'], true);
    $under = [$told['trust']['version'], $told['trust']['sha256']];
    need($honoured || $under === [$trust['version'], $trust['sha256']], 'other-trust');
    if (!$honoured) require_quorum($statement, $signatures, $trust, $told['role']);
    if ($item['source']) signed_off($item['source'], $signOffs, $trust, $depth - 1);
    return $item;
}

function document(string $body, string $section, string $locale, array $register, array $signOffs, array $trust): array {
    $here = fn ($one) => [$one['section'], $one['locale']] === [$section, $locale];
    $place = array_values(array_filter($register['entries'], $here));
    need(count($place) === 1, 'not-in-force');
    need(in_array($place[0]['state'], ['current', 'outdated', 'review-due'], true), 'withdrawn');
    need(hash('sha256', $body) === $place[0]['sha256'], 'bytes-changed');
    [$text, $item] = [json($body), signed_off($place[0]['sha256'], $signOffs, $trust)];
    $versions = [$text['version'], $item['version']] === [$place[0]['version'], $place[0]['version']];
    need($versions && $here($text) && $here($item) && $text['kind'] === 'msif.section/1', 'other-place');
    need(($text['translation_of']['sha256'] ?? null) === $item['source'], 'other-source');
    return $text;
}
