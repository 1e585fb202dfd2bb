<?php
// usage: php functions.php WP_INCLUDES FUNCTION < [[argument, …], …] > [result, …]
error_reporting(E_ERROR | E_PARSE);
define('ABSPATH', dirname($argv[1]) . '/');
define('WPINC', basename($argv[1]));
// stubs of what these files ask the rest of WordPress for
function get_option($name, $default = false) { return ['blog_charset' => 'UTF-8', 'use_smilies' => 1][$name] ?? $default; }
function wp_load_alloptions() { return ['blog_charset' => 'UTF-8']; }
function __($text) { return $text; }
function _x($text) { return $text; }
function _doing_it_wrong() {}
function wp_allowed_protocols() { return ['http', 'https', 'ftp', 'mailto', 'tel']; }
function wp_parse_url($url) { return parse_url($url); }
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

// smilies_init() stands in functions.php of WordPress, which asks for much more than this.
function smilies() {
    global $wpsmiliestrans, $wp_smiliessearch;
    if ($wp_smiliessearch) return;
    $text = file_get_contents(ABSPATH . WPINC . '/functions.php');
    eval(preg_replace('/^.*?(function smilies_init\(\) \{.*?\n\}).*$/s', '$1', $text));
    smilies_init();
}

// HTML without tags as a browser shows it.
function shown($html) { return html_entity_decode($html, ENT_QUOTES | ENT_HTML5, 'UTF-8'); }

$functions = [
    'wpautop' => fn($text) => wpautop($text),
    // the filters of the_content that see a classic text, in their order: paragraphs, then shortcodes alone in theirs
    'classic' => function ($text, $names) {
        foreach ($names as $name) add_shortcode($name, 'show');
        return do_shortcode(shortcode_unautop(wpautop($text)));
    },
    // the filters of a comment's text that change what it says; `rel` of links is of no weight here
    'comment_text' => function ($text) {
        smilies();
        $text = convert_smilies(make_clickable($text));
        return wpautop(preg_replace('/ rel="nofollow"/', '', $text));
    },
    // what a reader sees of a title, of the name above a comment and of a menu entry's tip
    'the_title' => fn($text) => shown(strip_tags(convert_chars(trim($text)))),
    'comment_author' => fn($text) => shown(esc_html(convert_chars($text))),
    'nav_menu_attr_title' => fn($text) => shown(strip_tags($text)),
    'term_description' => fn($text) => shortcode_unautop(wpautop($text)),
    'wptexturize' => fn($text) => wptexturize($text),
    'shortcode_parse_atts' => fn($text) => shortcode_parse_atts($text),
    'do_shortcode' => function ($text, $names) {
        foreach ($names as $name) add_shortcode($name, 'show');
        return do_shortcode($text);
    },
];
$calls = json_decode(stream_get_contents(STDIN), true);
$results = array_map(fn($arguments) => $functions[$argv[2]](...$arguments), $calls);
echo json_encode($results, JSON_UNESCAPED_UNICODE | JSON_INVALID_UTF8_SUBSTITUTE);
