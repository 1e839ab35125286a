package io.meshspan.web;

/** One choice in a form: what is shown, and what is submitted. */
record FormOption(String label, String value) {}
