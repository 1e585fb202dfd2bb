<?php
// usage: php functions.php WP_INCLUDES FUNCTION < [[argument, …], …] > [result, …]
error_reporting(E_ERROR | E_PARSE);
define('ABSPATH', dirname($argv[1]) . '/');
define('WPINC', basename($argv[1]));
// stubs of what these files ask the rest of WordPress for
function get_option($name, $default = false) { return $name === 'blog_charset' ? 'UTF-8' : $default; }
function wp_load_alloptions() { return ['blog_charset' => 'UTF-8']; }
function __($text) { return $text; }
function _doing_it_wrong() {}
function wp_allowed_protocols() { return ['http', 'https', 'ftp', 'mailto', 'tel']; }
require "$argv[1]/plugin.php";
require "$argv[1]/kses.php";
require "$argv[1]/formatting.php";
require "$argv[1]/shortcodes.php";

// A shortcode that shows what it was given: tests register the names they use.
function show($given, $inside, $name) {
    $given = $given === '' ? [] : (array) $given;
    $given = array_filter($given, 'is_string', ARRAY_FILTER_USE_KEY) + $given; // those with names first
    return '{' . json_encode([$name, $given, $inside], JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES) . '}';
}

$functions = [
    'wpautop' => fn($text) => wpautop($text),
    // the filters of the_content that see a classic text, in their order: paragraphs, then shortcodes alone in theirs
    'classic' => function ($text, $names) {
        foreach ($names as $name) add_shortcode($name, 'show');
        return do_shortcode(shortcode_unautop(wpautop($text)));
    },
    'shortcode_parse_atts' => fn($text) => shortcode_parse_atts($text),
    'do_shortcode' => function ($text, $names) {
        foreach ($names as $name) add_shortcode($name, 'show');
        return do_shortcode($text);
    },
];
$calls = json_decode(stream_get_contents(STDIN), true);
$results = array_map(fn($arguments) => $functions[$argv[2]](...$arguments), $calls);
echo json_encode($results, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
