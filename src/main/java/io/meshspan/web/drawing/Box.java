package io.meshspan.web.drawing;

/** A rectangle of the picture, in SVG units. */
record Box(int x, int y, int width, int height) {

    int right() {
        return x + width;
    }

    int bottom() {
        return y + height;
    }
}
