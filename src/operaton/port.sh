#!/usr/bin/env bash
# Copies the sources into target/operaton and renames what Camunda 7 and its fork Operaton call differently; docs/operaton.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=${OPERATON_VERSION:-1.0.3}
out=target/operaton
rm -rf "$out"
mkdir -p "$out"
cp -r pom.xml src processes forms docs README.md LICENSE NOTICE .mvn "$out"
cd "$out"

# Packages, class names and accessors of the model, settings, the prefix of the web applications, and the group of
# administrators. The namespace of diagrams and the prefix of form keys stay: Operaton reads those of Camunda 7.
find src -type f \( -name '*.java' -o -name '*.yaml' -o -name '*.js' -o -name '*.html' -o -name '*.properties' -o -name '*.factories' -o -path '*META-INF/services*' \) -print0 |
  xargs -0 sed -i -E \
    -e 's/org\.camunda/org.operaton/g' \
    -e 's/(\b|[a-z])Camunda([A-Z])/\1Operaton\2/g' \
    -e 's/\binstance\.camunda\b/instance.operaton/g' \
    -e 's/\.camunda([A-Z])/.operaton\1/g' \
    -e 's/\bCAMUNDA_([A-Z])/OPERATON_\1/g' \
    -e 's/camunda\.bpm/operaton.bpm/g' \
    -e 's#/camunda/#/operaton/#g' \
    -e 's#"/camunda"#"/operaton"#g' \
    -e 's/camunda-admin/operaton-admin/g' \
    -e 's/camunda-welcome/operaton-welcome/g'
find src -depth -name 'org.camunda*' | while read -r file; do
  mv "$file" "$(dirname "$file")/$(basename "$file" | sed 's/org\.camunda/org.operaton/')"
done
find src -depth -type d -path '*webjars/camunda' | while read -r folder; do mv "$folder" "$(dirname "$folder")/operaton"; done

sed -i -E \
  -e 's/org\.camunda/org.operaton/g' \
  -e 's#<artifactId>camunda-#<artifactId>operaton-#' \
  -e "s#<camunda.version>[^<]*<#<camunda.version>$version<#" \
  pom.xml
echo "$out has the sources for Operaton $version."
