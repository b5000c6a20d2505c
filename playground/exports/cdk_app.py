"""An app for the AWS CDK, in TypeScript. Pure."""

import json
from typing import Final

from invoker.deployment_package import PackageFile
from playground.exports.build_step import (
    VERSIONS,
    build_script,
    code_folder,
    json_file,
    project_variables,
    source_files,
)
from playground.exports.exported_function import ExportedFunction, Files, event_files, text_file
from playground.exports.names import LogicalIds, stack_name
from playground.exports.readme import Section, invoke_deployed, readme
from playground.exports.template_parts import Withheld, values_to_give, withheld_parameters

_AT_RUN_TIME: Final = ("aws-cdk-lib", "constructs")
_TYPES: Final = {
    "compilerOptions": {
        "target": "ES2022",
        "module": "NodeNext",
        "moduleResolution": "NodeNext",
        "strict": True,
        "skipLibCheck": True,
        "noEmit": True,
        "types": ["node"],
    },
    "include": ["bin", "lib"],
}
_WITHHELD: Final = """\
    // Given at deployment, and shown nowhere.
    const withheld = (id: string, name: string): string =>
      new CfnParameter(this, id, {
        type: 'String',
        noEcho: true,
        description: `Value of the environment variable ${name}`,
      }).valueAsString;
"""


def cdk_app(exported: ExportedFunction) -> Files:
    """The files of the app."""
    ids = LogicalIds()
    logical_id = ids.of(exported.name, "Function")
    stack = ids.of(exported.name, "Stack")
    withheld = withheld_parameters(exported, ids)
    ignored = "cdk.out/\nnode_modules/\n" + ("dist/\n" if exported.is_compiled else "")
    return {
        "lib/stack.ts": text_file(_stack(exported, stack, logical_id, withheld)),
        "bin/app.ts": text_file(_app(exported, stack)),
        **source_files(exported),
        **event_files(exported),
        **build_script(exported),
        "package.json": _package(exported),
        "cdk.json": json_file({"app": "tsx bin/app.ts"}),
        "tsconfig.json": json_file(_TYPES),
        ".gitignore": text_file(ignored),
        "README.md": readme(exported, _sections(exported, withheld)),
    }


def _literal(value: str) -> str:
    """A text as TypeScript writes it."""
    return json.dumps(value, ensure_ascii=False)


def _package(exported: ExportedFunction) -> PackageFile:
    build = "npm run build && " if exported.is_compiled else ""
    unused = () if exported.is_compiled else ("esbuild",)
    tools = {name: version for name, version in VERSIONS.items() if name not in (*_AT_RUN_TIME, *unused)}
    return json_file(
        {
            "name": exported.name.lower(),
            "private": True,
            "scripts": {
                **({"build": "node build.mjs"} if exported.is_compiled else {}),
                "synth": f"{build}cdk synth",
                "deploy": f"{build}cdk deploy",
            },
            "devDependencies": tools,
            "dependencies": {name: VERSIONS[name] for name in _AT_RUN_TIME},
        }
    )


def _app(exported: ExportedFunction, stack: str) -> str:
    return f"""\
import {{ App }} from 'aws-cdk-lib';
import {{ {stack} }} from '../lib/stack';

new {stack}(new App(), {_literal(stack_name(exported.name))});
"""


def _stack(exported: ExportedFunction, stack: str, logical_id: str, withheld: Withheld) -> str:
    parameter = "CfnParameter, " if withheld else ""
    return f"""\
import {{ CfnOutput, {parameter}Duration, Size, Stack, type StackProps }} from 'aws-cdk-lib';
import {{ Code, Function, Runtime }} from 'aws-cdk-lib/aws-lambda';
import type {{ Construct }} from 'constructs';

export class {stack} extends Stack {{
  constructor(scope: Construct, id: string, props?: StackProps) {{
    super(scope, id, props);
{_WITHHELD if withheld else ""}\
    const made = new Function(this, {_literal(logical_id)}, {{
      runtime: Runtime.NODEJS_22_X,
      code: Code.fromAsset({_literal(code_folder(exported))}),
      handler: {_literal(exported.handler)},
      memorySize: {exported.memory_size},
      timeout: Duration.seconds({exported.timeout}),
      ephemeralStorageSize: Size.mebibytes({exported.ephemeral_storage}),
{_environment(exported, withheld)}\
    }});
    new CfnOutput(this, 'FunctionName', {{ value: made.functionName }});
  }}
}}
"""


def _environment(exported: ExportedFunction, withheld: Withheld) -> str:
    values = {name: _literal(value) for name, value in project_variables(exported).items()}
    values.update(
        (name, f"withheld({_literal(logical_id)}, {_literal(name)})") for name, logical_id in withheld.items()
    )
    lines = "".join(f"        {name}: {value},\n" for name, value in values.items())
    return f"      environment: {{\n{lines}      }},\n" if lines else ""


def _sections(exported: ExportedFunction, withheld: Withheld) -> list[Section]:
    given = "".join(f" --parameters {value}" for value in values_to_give(withheld))
    deploy = "npm run deploy" + (f" --{given}" if given else "")
    return [
        ("Needs", "Node.js 22, and credentials of AWS for the deployment."),
        ("Install", ["npm install"]),
        ("See the template", ["npm run synth"]),
        ("Deploy", ["npx cdk bootstrap", deploy]),
        invoke_deployed(exported),
        ("Remove it again", ["npx cdk destroy"]),
    ]
