"""What a call defines as data: its form, its eligibility rules, its scoring scheme, its plan.

Each is a pydantic model: `Form.model_validate(call.form)` reads it, `.model_dump(mode="json")` stores it.
"""
