"""What a drawing may consist of: SVG's elements and attributes that draw, and the functions and rules of CSS that do.

What is on no list is no part of a published drawing. Sources: https://www.w3.org/TR/SVG2/eltindex.html,
https://www.w3.org/TR/SVG2/attindex.html, https://www.w3.org/TR/filter-effects-1/, https://www.w3.org/TR/css-values-4/
"""

ELEMENTS = frozenset(
    """
    svg g defs symbol use switch view a title desc style
    path rect circle ellipse line polyline polygon image text tspan textPath marker clipPath mask pattern
    linearGradient radialGradient stop hatch hatchpath mesh meshgradient meshrow meshpatch solidcolor
    animate animateMotion animateTransform set mpath
    filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode
    feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905 - a hundred names are read better so
)

DROPPED = frozenset({"metadata", "font", "font-face", "glyph", "missing-glyph", "color-profile", "cursor"})
"""Elements that tell of a drawing or that browsers no longer read: what is in them goes with them."""

WITH_TEXT = frozenset({"text", "tspan", "textPath", "title", "desc", "style", "a"})
"""Elements whose own text is seen, read out, or a style sheet; text between others is a note that nobody sees."""

ATTRIBUTES = frozenset(
    """
    id class style lang tabindex role href type media
    aria-label aria-labelledby aria-describedby aria-hidden aria-roledescription
    version baseProfile width height viewBox preserveAspectRatio zoomAndPan x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy
    d points pathLength transform rotate textLength lengthAdjust startOffset method spacing side path
    gradientUnits gradientTransform spreadMethod offset patternUnits patternContentUnits patternTransform
    clipPathUnits maskUnits maskContentUnits mask-type markerUnits markerWidth markerHeight refX refY orient
    filterUnits primitiveUnits in in2 result mode values operator k1 k2 k3 k4 order kernelMatrix divisor bias targetX
    targetY edgeMode kernelUnitLength preserveAlpha surfaceScale diffuseConstant specularConstant specularExponent
    limitingConeAngle pointsAtX pointsAtY pointsAtZ azimuth elevation z scale xChannelSelector yChannelSelector
    stdDeviation radius baseFrequency numOctaves seed stitchTiles tableValues slope intercept amplitude exponent
    attributeName attributeType begin dur end min max restart repeatCount repeatDur fill from to by calcMode keyTimes
    keySplines keyPoints origin additive accumulate
    requiredExtensions requiredFeatures systemLanguage
    alignment-baseline baseline-shift clip-path clip-rule clip color color-interpolation color-interpolation-filters
    color-rendering cursor direction display dominant-baseline fill-opacity fill-rule filter flood-color flood-opacity
    font-family font-size font-size-adjust font-stretch font-style font-variant font-weight font
    glyph-orientation-horizontal glyph-orientation-vertical image-rendering isolation kerning letter-spacing
    lighting-color marker marker-end marker-mid marker-start mask mix-blend-mode opacity overflow paint-order
    pointer-events shape-rendering shape-inside stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-align text-anchor text-decoration
    text-overflow text-rendering transform-box transform-origin unicode-bidi vector-effect visibility white-space
    word-spacing writing-mode
    """.split()  # noqa: SIM905 - a hundred names are read better so
)

READ_OUT = frozenset({"aria-label", "aria-roledescription", "font-family"})
"""Attributes of words, in which a bracket is only a bracket."""

FUNCTIONS = frozenset(
    """
    url rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp var
    matrix matrix3d translate translatex translatey translatez translate3d rotate rotatex rotatey rotatez rotate3d scale
    scalex scaley scalez scale3d skew skewx skewy perspective cubic-bezier steps linear
    blur brightness contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia
    linear-gradient radial-gradient conic-gradient inset circle ellipse polygon path rect
    not is where has nth-child nth-last-child nth-of-type nth-last-of-type lang icc-color
    and or not only
    """.split()  # noqa: SIM905 - a hundred names are read better so
)
"""Functions of CSS that take nothing from elsewhere; `url` is held to what lies in the drawing."""

RULES = frozenset({"media", "supports", "keyframes", "-webkit-keyframes", "font-face"})
"""Rules of CSS, without their @, that take nothing from elsewhere by themselves."""
